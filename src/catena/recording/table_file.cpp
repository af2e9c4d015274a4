#include "catena/recording/table_file.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <vector>

#include "catena/core/file.h"
#include "catena/core/text.h"
#include "catena/recording/number_row.h"
#include "catena/recording/table_header.h"

namespace catena {
namespace {

// Numbers a row; the time is always one.
std::size_t numbers_per_row(const TableHeader& header) {
  const auto elements = static_cast<std::size_t>(header.elements);
  return header.time_column < 0 ? header.labels.size() * elements
                                : (header.labels.size() - 1) * elements + 1;
}

Error row_error(const NumberRow& row, const std::string& source, int line) {
  const std::size_t wanted = row.values().size();
  if (row.bad_column() < wanted) {
    const bool comma = row.bad_field().find(',') != std::string_view::npos;
    return {Errc::kBadFormat, "'" + excerpt(row.bad_field()) + "' is not a number",
            place(source, line, static_cast<int>(row.bad_column()) + 1),
            comma ? "export with decimal points and tabs" : "correct it, or leave it blank"};
  }
  if (row.n_read() < wanted) {
    const std::size_t n_missing = wanted - row.n_read();
    return {Errc::kBadFormat,
            std::to_string(n_missing) + (n_missing == 1 ? " column is" : " columns are") +
                " missing: the row has " + std::to_string(row.n_read()) + " of " +
                std::to_string(wanted),
            place(source, line, static_cast<int>(row.n_read())),
            "export the table again, or delete the row if the file was cut off there"};
  }
  return {Errc::kBadFormat,
          "the row has more than the " + std::to_string(wanted) + " columns that have a label",
          place(source, line, static_cast<int>(wanted) + 1), "export the table again"};
}

bool fits(const NumberRow& row) {
  return row.n_read() == row.values().size() && row.bad_column() == row.n_read() && !row.has_more();
}

// Tabs where they make sense of the row, else blanks. Vectors have commas inside their field.
Result<void> read_row(std::string_view line, const std::string& source, int line_number,
                      bool is_vector, NumberRow& row) {
  std::string spread;
  if (is_vector) {
    spread = line;
    std::replace(spread.begin(), spread.end(), ',', '\t');
    line = spread;
  }
  if (line.find('\t') != std::string_view::npos) {
    row.read_tabbed(line);
    if (fits(row)) return {};
    const Error error = row_error(row, source, line_number);
    row.read_blank_separated(line);
    return fits(row) ? Result<void>{} : tl::make_unexpected(error);
  }
  row.read_blank_separated(line);
  if (fits(row)) return {};
  return tl::make_unexpected(row_error(row, source, line_number));
}

struct TableRows {
  std::size_t n_rows = 0;
  std::vector<double> values;  // row after row, as in the file
};

Result<TableRows> read_rows(LineReader& lines, const std::string& source,
                            const TableHeader& header) {
  const std::size_t n_columns = numbers_per_row(header);
  const auto time_at = static_cast<std::size_t>(std::max(0, header.time_column));
  NumberRow row(n_columns);
  TableRows rows;
  while (lines.next_filled()) {
    auto done = read_row(lines.line(), source, lines.number(), header.elements > 1, row);
    if (!done) return tl::make_unexpected(done.error());
    if (header.time_column >= 0 && std::isnan(row.values()[time_at])) {
      return fail(Errc::kMissingData, "the row has no time",
                  place(source, lines.number(), header.time_column + 1),
                  "fill the time in, or delete the row");
    }
    rows.values.insert(rows.values.end(), row.values().begin(), row.values().end());
    ++rows.n_rows;
  }
  return rows;
}

void lay_out(const TableRows& rows, const TableHeader& header, Table& table) {
  const auto n_rows = static_cast<Eigen::Index>(rows.n_rows);
  const auto n_columns = static_cast<Eigen::Index>(numbers_per_row(header));
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Eigen::Map<const RowMajor> all(rows.values.data(), n_rows, n_columns);
  if (header.time_column < 0) {
    table.time_s = Eigen::VectorXd::LinSpaced(n_rows, header.range_from_s, header.range_to_s);
    table.values = all;
    return;
  }
  const Eigen::Index time_at = header.time_column;
  const Eigen::Index after = n_columns - time_at - 1;
  table.time_s = all.col(time_at);
  table.values.resize(n_rows, n_columns - 1);
  table.values.leftCols(time_at) = all.leftCols(time_at);
  table.values.rightCols(after) = all.rightCols(after);
}

std::vector<std::string> column_labels(const TableHeader& header) {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < header.labels.size(); ++i) {
    if (static_cast<int>(i) == header.time_column) continue;
    if (header.elements == 1) {
      labels.push_back(header.labels[i]);
      continue;
    }
    for (int k = 1; k <= header.elements; ++k) {
      labels.push_back(header.labels[i] + "_" + std::to_string(k));
    }
  }
  return labels;
}

void note_oddities(const TableHeader& header, Table& table) {
  const auto n_rows = static_cast<double>(table.time_s.size());
  if (!std::isnan(header.claimed_rows) && header.claimed_rows != n_rows) {
    table.notes.push_back("The header says " + in_words(header.claimed_rows) +
                          " rows, the file has " + in_words(n_rows) + ".");
  }
  if (header.time_column < 0) {
    table.notes.emplace_back("No column is called time; it was built from the header's range.");
  }
  for (Eigen::Index i = 1; i < table.time_s.size(); ++i) {
    if (table.time_s[i] >= table.time_s[i - 1]) continue;
    table.notes.push_back("Time goes back from " + in_words(table.time_s[i - 1]) + " s to " +
                          in_words(table.time_s[i]) + " s.");
    break;
  }
}

// The name, told apart from a key and from other kinds of files.
std::string first_line(const std::string& name) {
  std::string line = printable(name);
  const std::string start = to_lower(line);
  bool plain = !line.empty() && std::isalnum(static_cast<unsigned char>(line[0])) != 0 &&
               line.find('=') == std::string::npos;
  for (const char* word : {"endheader", "pathfiletype", "name", "range", "data", "other", "pk"}) {
    plain = plain && start.rfind(word, 0) != 0;
  }
  return plain ? line : "name=" + line;
}

}  // namespace

Result<Table> parse_table(std::string_view bytes, std::string_view source_view) {
  const std::string source(source_view);
  if (auto done = check_is_text(bytes, source, "a MOT or STO table"); !done) {
    return tl::make_unexpected(done.error());
  }
  LineReader lines(bytes);
  CATENA_TRY(header, read_table_header(lines, source));
  // The time stands first in tables of vectors, where the columns are spread.
  if (header.elements > 1 && header.time_column != 0) {
    return fail(Errc::kBadFormat, "the first column of a table of vectors must be time",
                place(source, lines.number(), 1), "export the table again");
  }
  CATENA_TRY(rows, read_rows(lines, source, header));
  if (rows.n_rows == 0) {
    return fail(Errc::kMissingData, "there are no rows below the labels",
                place(source, lines.number()), "export the table again");
  }
  Table table;
  table.name = header.name.empty() ? stem_of(source) : header.name;
  table.in_degrees = header.in_degrees;
  table.labels = column_labels(header);
  table.notes = header.notes;
  lay_out(rows, header, table);
  note_oddities(header, table);
  return table;
}

Result<Table> read_table(const std::filesystem::path& path) {
  CATENA_TRY(bytes, read_file(path));
  return parse_table(bytes, path.string());
}

std::string write_table(const Table& table, const TableWriteOptions& options) {
  const auto append = [&](std::string& text, double value) {
    if (options.decimals < 0) {
      append_number(text, value);
    } else {
      append_fixed(text, value, options.decimals);
    }
  };
  std::string text = first_line(table.name) + "\nversion=1\n";
  text += "nRows=" + std::to_string(table.values.rows()) + "\n";
  text += "nColumns=" + std::to_string(table.values.cols() + 1) + "\n";
  text += std::string("inDegrees=") + (table.in_degrees ? "yes" : "no") + "\nendheader\ntime";
  for (const std::string& label : table.labels) text += "\t" + label;
  text += "\n";
  for (Eigen::Index i = 0; i < table.values.rows(); ++i) {
    append_number(text, table.time_s[i]);
    for (Eigen::Index j = 0; j < table.values.cols(); ++j) {
      text += '\t';
      append(text, table.values(i, j));
    }
    text += '\n';
  }
  return text;
}

}  // namespace catena
