// A JSON file as it is read: every value with its place, every mistake as an error.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"

namespace catena {

/// Whether brackets stand more than 16 deep within brackets: a parser that calls itself for each
/// level is to be spared those. Brackets in texts count too, which does no harm.
bool is_too_deep_json(std::string_view bytes);

/// A value of the file. Bounded: no list is longer than 10,000, nothing lies deeper than 16.
class JsonNode {
 public:
  /// The whole file.
  ///
  /// source     for error places
  /// hint       what a person can do about a bad file
  /// errors     kBadFormat: no JSON object
  static Result<JsonNode> parse(std::string_view bytes, std::string_view source,
                                std::string_view hint);

  [[nodiscard]] bool has(const char* key) const;
  [[nodiscard]] bool is_null() const;
  [[nodiscard]] bool is_truth() const;

  // All errors: kBadFormat with the value's place, "r.json: conditions[0].curves[2].mean_deg".
  [[nodiscard]] Result<JsonNode> at(const char* key) const;
  [[nodiscard]] Result<std::vector<JsonNode>> items(const char* key) const;
  [[nodiscard]] Result<std::string> text(const char* key) const;
  [[nodiscard]] Result<std::string> text() const;
  [[nodiscard]] Result<bool> truth(const char* key) const;
  [[nodiscard]] Result<double> number(const char* key, double low, double high) const;
  /// NaN where the key is missing or null.
  [[nodiscard]] Result<double> number_or_nan(const char* key, double low = -1e6,
                                             double high = 1e6) const;
  /// Empty where the key is missing.
  [[nodiscard]] Result<std::string> text_or_empty(const char* key) const;
  [[nodiscard]] Result<int> count(const char* key, int low = 0) const;
  [[nodiscard]] Result<std::uint64_t> unsigned_number(const char* key) const;
  /// Which of the words it is.
  [[nodiscard]] Result<std::size_t> word(const char* key, std::span<const char* const> words) const;
  /// size       0: any from one on
  [[nodiscard]] Result<Eigen::VectorXd> values(const char* key, std::size_t size = 0) const;
  [[nodiscard]] Result<Eigen::VectorXd> values(std::size_t size = 0) const;

  [[nodiscard]] tl::unexpected<Error> wrong(const std::string& what) const;

 private:
  struct File;
  JsonNode(std::shared_ptr<const File> file, const void* json, std::string path)
      : file_(std::move(file)), json_(json), path_(std::move(path)) {}

  std::shared_ptr<const File> file_;
  const void* json_ = nullptr;  // of the parser's own type, inside file_
  std::string path_;
};

}  // namespace catena
