#include "catena/recording/c3d_parameters.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "catena/core/text.h"
#include "catena/recording/c3d_numbers.h"

namespace catena {
namespace {

/// One record of the chain, not yet tied to a group.
struct Record {
  int id = 0;  // negative: a group
  bool locked = false;
  std::string_view name;
  std::size_t body = 0;  // of what stands behind the offset to the next record
  std::size_t next = 0;  // as the record says
  bool last = false;
};

bool is_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) >= ' ' && c != '\x7f';
  });
}

class ChainReader {
 public:
  ChainReader(std::string_view section, std::size_t first_byte, C3dProcessor processor,
              std::vector<std::string>& notes)
      : section_(section), first_byte_(first_byte), processor_(processor), notes_(notes) {}

  std::vector<C3dGroup> read();

 private:
  std::optional<Record> record_at(std::size_t at) const;
  bool ends_at(std::size_t at) const { return at >= section_.size() || section_[at] == '\0'; }
  std::size_t next_of(const Record& record, std::size_t data_end, std::size_t otherwise) const;
  std::string byte_of(std::size_t at) const { return std::to_string(first_byte_ + at); }
  void note(std::string sentence) {
    if (++n_notes_ <= kMostNotes) notes_.push_back(std::move(sentence));
  }
  C3dGroup& group_with(int id);
  std::size_t read_group(const Record& record);
  std::size_t read_parameter(const Record& record);
  void load_values(int type, std::size_t data, std::size_t n, C3dParameter& parameter) const;
  template <class T, class Load>
  std::vector<T> load_all(std::size_t at, std::size_t n, std::size_t size, Load load) const;

  std::string_view section_;
  std::size_t first_byte_;
  C3dProcessor processor_;
  std::vector<std::string>& notes_;
  std::vector<C3dGroup> groups_;
  std::vector<int> ids_;  // of each group
  static constexpr std::size_t kMostNotes = 5;
  std::size_t n_notes_ = 0;
};

std::optional<Record> ChainReader::record_at(std::size_t at) const {
  if (at + 2 > section_.size()) return std::nullopt;
  Record record;
  const int length = signed_byte_at(section_.data() + at, 0);
  record.locked = length < 0;
  record.id = signed_byte_at(section_.data() + at, 1);
  const auto n_name = static_cast<std::size_t>(length < 0 ? -length : length);
  const std::size_t link = at + 2 + n_name;
  if (n_name == 0 || n_name > 127 || record.id == 0 || record.id == -128 ||
      link + 2 > section_.size()) {
    return std::nullopt;
  }
  record.name = section_.substr(at + 2, n_name);
  if (!is_name(record.name)) return std::nullopt;
  const std::size_t offset = load_word(processor_, section_.data() + link);
  record.body = link + 2;
  record.last = offset == 0;
  record.next = link + offset;
  return record;
}

C3dGroup& ChainReader::group_with(int id) {
  const auto found = std::find(ids_.begin(), ids_.end(), id);
  if (found != ids_.end()) return groups_[static_cast<std::size_t>(found - ids_.begin())];
  ids_.push_back(id);
  return groups_.emplace_back();
}

/// Where the record's link leads, if it can be believed: to a record, or to the zero that ends the
/// chain, but that only behind the record's own data, where zeros are common.
std::size_t ChainReader::next_of(const Record& record, std::size_t data_end,
                                 std::size_t otherwise) const {
  const bool is_inside = record.next > record.body && record.next <= section_.size();
  if (record.last || !is_inside) return otherwise;
  const bool leads_on =
      record_at(record.next).has_value() || (ends_at(record.next) && record.next >= data_end);
  return leads_on ? record.next : otherwise;
}

/// Returns where the next record begins, as does read_parameter.
std::size_t ChainReader::read_group(const Record& record) {
  std::string_view description;
  if (record.body < section_.size()) {
    description = section_.substr(record.body + 1, byte_at(section_.data() + record.body, 0));
  }
  C3dGroup& group = group_with(-record.id);
  if (group.name.empty()) {  // a second definition adds nothing
    group.name = record.name;
    group.locked = record.locked;
    group.description = description;
  }
  return next_of(record, record.body + 1, record.body + 1 + description.size());
}

template <class T, class Load>
std::vector<T> ChainReader::load_all(std::size_t at, std::size_t n, std::size_t size,
                                     Load load) const {
  std::vector<T> values(n);
  for (std::size_t i = 0; i < n; ++i) values[i] = load(section_.data() + at + i * size);
  return values;
}

void ChainReader::load_values(int type, std::size_t data, std::size_t n,
                              C3dParameter& parameter) const {
  switch (type) {
    case -1:
      parameter.values = std::string(section_.substr(data, n));
      break;
    case 1:
      parameter.values = load_all<std::int8_t>(
          data, n, 1, [](const char* at) { return static_cast<std::int8_t>(*at); });
      break;
    case 2:
      parameter.values = load_all<std::int16_t>(data, n, 2, [this](const char* at) {
        return static_cast<std::int16_t>(load_word(processor_, at));
      });
      break;
    default:
      parameter.values = load_all<float>(data, n, 4, [this](const char* at) {
        return static_cast<float>(load_real(processor_, at));
      });
  }
}

std::size_t ChainReader::read_parameter(const Record& record) {
  C3dGroup& group = group_with(record.id);
  const std::string name = excerpt(record.name);
  const std::string which = "The parameter " + name + " at byte " + byte_of(record.body);
  const auto leave_out = [&](const std::string& why) {
    note(which + " was left out: " + why + ".");
    return next_of(record, record.body + 2, record.body + 2);
  };
  if (record.body + 2 > section_.size()) return leave_out("the section ends within it");
  const int type = signed_byte_at(section_.data() + record.body, 0);
  const std::size_t n_dims = byte_at(section_.data() + record.body + 1, 0);
  if (type != -1 && type != 1 && type != 2 && type != 4) {
    return leave_out("it is of the unknown type " + std::to_string(type));
  }
  if (n_dims > 7 || record.body + 2 + n_dims > section_.size()) {
    return leave_out("it has " + std::to_string(n_dims) + " dimensions");
  }
  C3dParameter parameter;
  parameter.name = record.name;
  parameter.locked = record.locked;
  std::size_t n = 1;  // at most 255^7 < 2^56
  for (std::size_t i = 0; i < n_dims; ++i) {
    parameter.dims.push_back(static_cast<int>(byte_at(section_.data() + record.body + 2 + i, 0)));
    n *= static_cast<std::size_t>(parameter.dims.back());
  }
  const std::size_t data = record.body + 2 + n_dims;
  const auto size = static_cast<std::size_t>(type < 0 ? 1 : type);
  // The next record, where there is one, ends the data whatever the dimensions say.
  const std::size_t next = next_of(record, data + n * size, 0);
  std::size_t end = next > 0 ? next : section_.size();
  // Nor is a record longer than its 16-bit link reaches, with a description of 255.
  constexpr std::size_t kLongest = 65535 - 2 - 256;
  end = std::min(end, record.body + kLongest);
  const std::size_t there = data < end ? (end - data) / size : 0;
  if (n > there) {
    if (parameter.dims.empty()) return leave_out("its value is not there");
    const std::size_t slice = n / static_cast<std::size_t>(parameter.dims.back());
    parameter.dims.back() = static_cast<int>(there / slice);
    n = slice * (there / slice);
    note(which + " holds less than its dimensions say: what is there was read.");
  }
  load_values(type, data, n, parameter);
  std::size_t own_end = data + n * size;
  if (own_end < end) {
    const std::size_t n_description =
        std::min<std::size_t>(byte_at(section_.data() + own_end, 0), end - own_end - 1);
    parameter.description = section_.substr(own_end + 1, n_description);
    own_end += 1 + n_description;
  }
  group.parameters.push_back(std::move(parameter));
  return next > 0 ? next : own_end;
}

std::vector<C3dGroup> ChainReader::read() {
  std::size_t at = 0;
  // Each step goes forward, so that no chain is endless.
  while (!ends_at(at)) {
    const std::optional<Record> record = record_at(at);
    if (!record) {
      note("The parameters break off at byte " + byte_of(at) +
           ": what stands there is no parameter.");
      break;
    }
    const std::size_t next = record->id < 0 ? read_group(*record) : read_parameter(*record);
    if (record->last) break;
    at = std::max(next, record->body + 1);
  }
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    if (!groups_[i].name.empty()) continue;
    groups_[i].name = "GROUP_" + std::to_string(ids_[i]);
    note("The parameters of group " + std::to_string(ids_[i]) +
         " belong to no group that has a name.");
  }
  if (n_notes_ > kMostNotes) {
    notes_.push_back(std::to_string(n_notes_ - kMostNotes) + " more parameters are damaged.");
  }
  return std::move(groups_);
}

template <class Joined, class One>
Joined join(const std::vector<C3dGroup>& groups, std::string_view group, std::string_view name,
            One one) {
  Joined all = one(groups, group, name);
  if (find_parameter(groups, group, name) == nullptr) return all;  // nothing to go on from
  // A list has at most 65535 entries, 255 in each part.
  for (int n = 2; n <= 257 && find_parameter(groups, group, nth_name(name, n)) != nullptr; ++n) {
    const Joined more = one(groups, group, nth_name(name, n));
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

std::vector<double> numbers_in(const C3dParameter* parameter, bool is_unsigned) {
  std::vector<double> numbers;
  if (parameter == nullptr) return numbers;
  if (const auto* bytes = std::get_if<std::vector<std::int8_t>>(&parameter->values)) {
    numbers.assign(bytes->begin(), bytes->end());
  } else if (const auto* words = std::get_if<std::vector<std::int16_t>>(&parameter->values)) {
    numbers.reserve(words->size());
    for (const std::int16_t word : *words) {
      numbers.push_back(is_unsigned ? static_cast<std::uint16_t>(word) : static_cast<double>(word));
    }
  } else if (const auto* reals = std::get_if<std::vector<float>>(&parameter->values)) {
    numbers.assign(reals->begin(), reals->end());
  }
  return numbers;
}

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::uint32_t lead = byte_at(text.data() + i, 0);
    if (lead >= 0x80 && (lead < 0xc2 || lead > 0xf4)) return false;
    const std::size_t n = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (i + n >= text.size()) return false;
    std::uint32_t code = n == 0 ? lead : lead & (0x3fU >> n);
    for (std::size_t k = 1; k <= n; ++k) {
      const std::uint32_t next = byte_at(text.data() + i + k, 0);
      if ((next & 0xc0U) != 0x80) return false;
      code = code << 6 | (next & 0x3fU);
    }
    // Too long a spelling, a surrogate, or beyond the last code point.
    constexpr std::array<std::uint32_t, 4> kLeast = {0, 0x80, 0x800, 0x10000};
    if (code < kLeast[n] || (code >= 0xd800 && code < 0xe000) || code > 0x10ffff) return false;
    i += n + 1;
  }
  return true;
}

}  // namespace

std::vector<C3dGroup> read_c3d_groups(std::string_view file, std::size_t first, std::size_t end,
                                      C3dProcessor processor, std::vector<std::string>& notes) {
  end = std::min(end, file.size());
  first = std::min(first, end);
  return ChainReader(file.substr(first, end - first), first, processor, notes).read();
}

const C3dGroup* find_group(const std::vector<C3dGroup>& groups, std::string_view group) {
  for (const C3dGroup& candidate : groups) {
    if (equal_ignoring_case(candidate.name, group)) return &candidate;
  }
  return nullptr;
}

const C3dParameter* find_parameter(const std::vector<C3dGroup>& groups, std::string_view group,
                                   std::string_view name) {
  for (const C3dGroup& candidate : groups) {
    if (!equal_ignoring_case(candidate.name, group)) continue;
    for (const C3dParameter& parameter : candidate.parameters) {
      if (equal_ignoring_case(parameter.name, name)) return &parameter;
    }
  }
  return nullptr;
}

std::vector<double> numbers_of(const std::vector<C3dGroup>& groups, std::string_view group,
                               std::string_view name) {
  return numbers_in(find_parameter(groups, group, name), false);
}

std::vector<double> counts_of(const std::vector<C3dGroup>& groups, std::string_view group,
                              std::string_view name) {
  return numbers_in(find_parameter(groups, group, name), true);
}

std::vector<std::string> texts_of(const std::vector<C3dGroup>& groups, std::string_view group,
                                  std::string_view name) {
  std::vector<std::string> texts;
  const C3dParameter* parameter = find_parameter(groups, group, name);
  if (parameter == nullptr) return texts;
  const auto* all = std::get_if<std::string>(&parameter->values);
  if (all == nullptr) return texts;
  const std::size_t width =
      parameter->dims.empty() ? 1 : static_cast<std::size_t>(parameter->dims.front());
  if (width == 0) return texts;
  for (std::size_t at = 0; at + width <= all->size(); at += width) {
    texts.push_back(clean_text(std::string_view(*all).substr(at, width)));
  }
  return texts;
}

std::string text_of(const std::vector<C3dGroup>& groups, std::string_view group,
                    std::string_view name) {
  const std::vector<std::string> texts = texts_of(groups, group, name);
  return texts.empty() ? std::string() : texts.front();
}

std::string clean_text(std::string_view field) {
  return as_utf8(trim(field.substr(0, field.find('\0'))));
}

std::string nth_name(std::string_view name, int n) {
  return n < 2 ? std::string(name) : std::string(name) + std::to_string(n);
}

std::vector<std::string> joined_texts(const std::vector<C3dGroup>& groups, std::string_view group,
                                      std::string_view name) {
  return join<std::vector<std::string>>(groups, group, name, texts_of);
}

std::vector<double> joined_numbers(const std::vector<C3dGroup>& groups, std::string_view group,
                                   std::string_view name) {
  return join<std::vector<double>>(groups, group, name, numbers_of);
}

std::vector<double> joined_counts(const std::vector<C3dGroup>& groups, std::string_view group,
                                  std::string_view name) {
  return join<std::vector<double>>(groups, group, name, counts_of);
}

std::string as_utf8(std::string_view text) {
  if (is_utf8(text)) return std::string(text);
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += c;
    } else {
      out += static_cast<char>(0xc0 | byte >> 6);
      out += static_cast<char>(0x80 | (byte & 0x3f));
    }
  }
  return out;
}

}  // namespace catena
