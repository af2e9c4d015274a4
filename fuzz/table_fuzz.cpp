// MOT and STO: any bytes give a table that hangs together, or one clear error.
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "catena/recording/table_file.h"
#include "require.h"

namespace catena {
namespace {

void require_consistent(const Table& table) {
  const std::set<std::string> labels(table.labels.begin(), table.labels.end());
  require(labels.size() == table.labels.size(), "labels differ");
  require(table.values.cols() == static_cast<Eigen::Index>(labels.size()), "a column a label");
  require(table.values.rows() == table.time_s.size(), "a time for each row");
  require(table.time_s.size() > 0, "there is a row");
  require(table.time_s.allFinite(), "times are finite");
  require(!table.values.array().isInf().any(), "values are finite or lost");
}

void read_anything(std::string_view bytes) {
  const auto table = parse_table(bytes, "x.mot");
  if (!table) return require_good_sentence(table.error());
  require_consistent(*table);

  // What was written is read back the same.
  const auto again = parse_table(write_table(*table), "x.mot");
  require(again.has_value(), "what was written can be read");
  require(again->values.rows() == table->values.rows(), "rows come back");
  require(again->values.cols() == table->values.cols(), "columns come back");
  require(again->time_s == table->time_s, "times come back");
}

}  // namespace
}  // namespace catena

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it so.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  catena::read_anything({reinterpret_cast<const char*>(data), size});
  return 0;
}
