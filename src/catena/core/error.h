// What went wrong, for anything a file or a person can cause. Our own mistakes are assertions.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace catena {

enum class Errc {
  kCannotRead,    // the file cannot be opened or read
  kCannotWrite,   // an output cannot be written; nothing half-written is left behind
  kBadFormat,     // the bytes are not what the format promises
  kUnsupported,   // well formed, but asks for what Catena cannot honour
  kMissingData,   // something needed is not in the recording or the model
  kMismatch,      // two inputs do not belong together
  kBadOption,     // an option's value is out of its range
  kNotConverged,  // a solver could not reach its tolerance on data that allows no answer
};

/// One clear sentence in three parts: what is wrong, where, and what to do about it.
struct Error {
  Errc code = Errc::kBadFormat;
  std::string what;   // "3 columns are missing"
  std::string where;  // "run.trc:7:3", "frame 412", "joint knee_r"; may be empty
  std::string hint;   // "export the file again with all markers"; may be empty
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(Errc code, std::string what, std::string where = "",
                                  std::string hint = "") {
  return tl::make_unexpected(Error{code, std::move(what), std::move(where), std::move(hint)});
}

/// The same error, placed in a file: `fit(...).map_error(placed_in(file))`.
inline auto placed_in(std::string where) {
  return [where = std::move(where)](Error error) {
    error.where = where;
    return error;
  };
}

/// "run.trc:7:3: 3 columns are missing; export the file again with all markers"
std::string to_sentence(const Error& error);

}  // namespace catena

/// Hands an error up to the caller: `CATENA_TRY(table, parse_table(bytes, source));`
#define CATENA_TRY(name, expression)                                     \
  auto name##_result = (expression);                                     \
  if (!name##_result) return tl::make_unexpected(name##_result.error()); \
  auto& name = *name##_result  // NOLINT(bugprone-macro-parentheses)

/// The same for what returns nothing: `CATENA_CHECK(check_ranges(options));`
#define CATENA_CHECK(expression) \
  if (auto checked = (expression); !checked) return tl::make_unexpected(checked.error())
