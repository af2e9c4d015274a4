// C3D bytes made by hand, for tests: nothing is checked, and nothing is shared with the reader.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "catena/recording/c3d.h"

namespace catena {

/// A file of two frames with one point, unless told otherwise. Every field may be a lie.
class C3dBuilder {
 public:
  explicit C3dBuilder(C3dProcessor made_for = C3dProcessor::kIntel, bool has_reals = true)
      : processor(made_for), is_real(has_reals), scale(has_reals ? -1.0F : 0.5F) {}

  C3dProcessor processor;
  bool is_real;
  // Header.
  int n_points = 1, analog_per_frame = 0, first_frame = 1, last_frame = 2, samples_per_frame = 0;
  float scale, rate_hz = 100.0F;
  int parameter_block = 2;
  int data_block = 0;  // 0: behind the parameters
  int processor_byte = 0;
  std::vector<float> event_times;
  std::string event_labels;
  int event_key = 12345;
  bool has_basics = true;  // POINT:UNITS, LABELS (M1, M2, ...)
  std::string data;

  std::string word(int value) const {
    const auto bits = static_cast<std::uint16_t>(value);
    const char low = static_cast<char>(bits & 0xff);
    const char high = static_cast<char>(bits >> 8);
    return processor == C3dProcessor::kSgi ? std::string{high, low} : std::string{low, high};
  }

  /// DEC's number is IEEE's bit for bit, once multiplied by four and with its halves exchanged.
  std::string real(float value) const {
    if (processor == C3dProcessor::kDec) value *= 4.0F;
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::string high = word(static_cast<int>(bits >> 16));
    const std::string low = word(static_cast<int>(bits & 0xffff));
    return processor == C3dProcessor::kIntel ? low + high : high + low;
  }

  /// Adds one point of one frame, or one analog sample, as the file stores it.
  void add_point(float x, float y, float z, float fourth = 0.0F) {
    for (const float value : {x, y, z, fourth}) add_number(value);
  }
  void add_number(float value) { data += is_real ? real(value) : word(static_cast<int>(value)); }

  /// Adds records. `link` is the offset to the next; -1: the right one.
  void add_group(int id, const std::string& name, int link = -1) {
    add_record(-id, name, std::string(1, '\0'), link);
  }
  void add_parameter(int id, const std::string& name, int type, const std::vector<int>& dims,
                     const std::string& values, int link = -1) {
    std::string body{static_cast<char>(type), static_cast<char>(dims.size())};
    for (const int dim : dims) body += static_cast<char>(dim);
    add_record(id, name, body + values + '\0', link);
  }
  void add_word(int id, const std::string& name, int value) {
    add_parameter(id, name, 2, {}, word(value));
  }
  void add_words(int id, const std::string& name, const std::vector<int>& values,
                 std::vector<int> dims = {}) {
    std::string bytes;
    for (const int value : values) bytes += word(value);
    if (dims.empty()) dims = {static_cast<int>(values.size())};
    add_parameter(id, name, 2, dims, bytes);
  }
  void add_real(int id, const std::string& name, float value) {
    add_parameter(id, name, 4, {}, real(value));
  }
  void add_reals(int id, const std::string& name, const std::vector<float>& values,
                 std::vector<int> dims = {}) {
    std::string bytes;
    for (const float value : values) bytes += real(value);
    if (dims.empty()) dims = {static_cast<int>(values.size())};
    add_parameter(id, name, 4, dims, bytes);
  }
  void add_texts(int id, const std::string& name, const std::vector<std::string>& texts,
                 std::size_t width = 16) {
    std::string all;
    for (std::string text : texts) {
      text.resize(width, ' ');
      all += text;
    }
    add_parameter(id, name, -1, {static_cast<int>(width), static_cast<int>(texts.size())}, all);
  }
  void add_raw(const std::string& bytes) { records_ += bytes; }

  std::string bytes() const {
    std::string records = records_;
    if (has_basics) {
      C3dBuilder basics(processor, is_real);
      basics.add_group(1, "POINT");
      basics.add_texts(1, "UNITS", {"mm"}, 2);
      basics.add_word(1, "USED", n_points);
      std::vector<std::string> labels;
      for (int i = 1; i <= n_points && i <= 255; ++i) labels.push_back("M" + std::to_string(i));
      basics.add_texts(1, "LABELS", labels);
      records = basics.records_ + records;
    }
    std::string section = std::string(4, '\0') + records + '\0';
    section.resize((section.size() + 511) / 512 * 512, '\0');
    section[2] = static_cast<char>(section.size() / 512);
    section[3] =
        static_cast<char>(processor_byte > 0 ? processor_byte : 84 + static_cast<int>(processor));
    const int right_block = parameter_block + static_cast<int>(section.size() / 512);
    std::string file = header(data_block > 0 ? data_block : right_block);
    if (parameter_block > 1) {
      file.resize(static_cast<std::size_t>(parameter_block - 1) * 512, '\xff');
    }
    file += section;
    if (data_block > right_block) {
      file.resize(static_cast<std::size_t>(data_block - 1) * 512, '\xff');
    }
    return file + data;
  }

 private:
  void add_record(int id, const std::string& name, const std::string& body, int link) {
    const int right = static_cast<int>(body.size()) + 2;
    records_ += static_cast<char>(name.size());
    records_ += static_cast<char>(id);
    records_ += name + word(link < 0 ? right : link) + body;
  }

  std::string header(int block) const {
    std::string out{static_cast<char>(parameter_block), 'P'};
    out += word(n_points) + word(analog_per_frame) + word(first_frame) + word(last_frame) +
           word(10) + real(scale) + word(block) + word(samples_per_frame) + real(rate_hz);
    out.resize(2 * 149, '\0');
    out += word(event_key) + word(static_cast<int>(event_times.size())) + word(0);
    for (const float time : event_times) out += real(time);
    out.resize(2 * 198, '\0');
    out += event_labels;
    out.resize(512, '\0');
    return out;
  }

  std::string records_;
};

}  // namespace catena
