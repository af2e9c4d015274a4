#include "catena/recording/number_row.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <system_error>

#include "catena/core/text.h"

namespace catena {

void NumberRow::start() {
  n_read_ = 0;
  bad_column_ = values_.size();
  watched_field_ = {};
  has_more_ = false;
  ends_in_tab_ = false;
}

double NumberRow::slow_number(std::string_view field) {
  double value = 0.0;
  if (parse_number(field, value) == NumberKind::kNoNumber && bad_column_ == values_.size()) {
    bad_column_ = n_read_;
    bad_field_ = field;
  }
  return value;
}

void NumberRow::read_tabbed(std::string_view line) {
  start();
  const char* at = line.data();
  const char* const end = at + line.size();
  while (n_read_ < values_.size()) {
    while (at != end && *at == ' ') ++at;
    // The common case: a plain number that ends at a tab.
    double value = 0.0;
    auto [stop, code] = std::from_chars(at, end, value);
    const bool plain =
        code == std::errc{} && (stop == end || *stop == '\t') && std::isfinite(value);
    if (!plain) {
      const void* tab = std::memchr(at, '\t', static_cast<std::size_t>(end - at));
      stop = tab == nullptr ? end : static_cast<const char*>(tab);
    }
    const std::string_view field(at, static_cast<std::size_t>(stop - at));
    if (n_read_ == watched_) watched_field_ = field;
    values_[n_read_] = plain ? value : slow_number(field);
    ++n_read_;
    if (stop == end) return;
    at = stop + 1;
  }
  ends_in_tab_ = true;
  has_more_ = !trim(std::string_view(at, static_cast<std::size_t>(end - at))).empty();
}

void NumberRow::read_blank_separated(std::string_view line) {
  start();
  const std::vector<std::string_view> fields = split_at_blanks(line);
  const std::size_t n = std::min(values_.size(), fields.size());
  for (; n_read_ < n; ++n_read_) {
    if (n_read_ == watched_) watched_field_ = fields[n_read_];
    values_[n_read_] = slow_number(fields[n_read_]);
  }
  has_more_ = fields.size() > values_.size();
}

}  // namespace catena
