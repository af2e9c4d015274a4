#include "catena/core/error.h"

namespace catena {

std::string to_sentence(const Error& error) {
  std::string sentence;
  if (!error.where.empty()) sentence += error.where + ": ";
  sentence += error.what;
  if (!error.hint.empty()) sentence += "; " + error.hint;
  return sentence;
}

}  // namespace catena
