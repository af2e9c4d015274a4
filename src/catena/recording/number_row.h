// One row of a table of numbers, read in a single pass.
#pragma once

#include <string_view>
#include <vector>

namespace catena {

/// Reads rows that should have a known number of fields; reused from row to row.
class NumberRow {
 public:
  explicit NumberRow(std::size_t n_columns) : values_(n_columns) {}

  /// Fields end at tabs; a blank field is lost.
  void read_tabbed(std::string_view line);
  /// Fields end at runs of blanks, so none can be blank.
  void read_blank_separated(std::string_view line);

  /// NaN where lost; only the first n_read() belong to the row.
  const std::vector<double>& values() const { return values_; }
  std::size_t n_read() const { return n_read_; }  // at most the columns wanted
  /// Column (from 0) of the first field that is no number, or n_columns.
  std::size_t bad_column() const { return bad_column_; }
  std::string_view bad_field() const { return bad_field_; }
  /// Text of the field in the column given at the last watch().
  std::string_view watched_field() const { return watched_field_; }
  void watch(std::size_t column) { watched_ = column; }
  /// Something other than blanks stands right of the last wanted column.
  bool has_more() const { return has_more_; }
  /// The last wanted column is followed by a tab.
  bool ends_in_tab() const { return ends_in_tab_; }

 private:
  void start();
  double slow_number(std::string_view field);

  std::vector<double> values_;
  std::size_t n_read_ = 0;
  std::size_t bad_column_ = 0;
  std::size_t watched_ = 0;
  std::string_view bad_field_;
  std::string_view watched_field_;
  bool has_more_ = false;
  bool ends_in_tab_ = false;
};

}  // namespace catena
