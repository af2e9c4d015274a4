#include "catena/recording/c3d_layout.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "catena/core/text.h"
#include "catena/recording/c3d_parameters.h"
#include "catena/recording/frame_times.h"

namespace catena {
namespace {

std::string at_byte(const std::string& source, std::size_t byte) {
  return source + ": byte " + std::to_string(byte);
}

constexpr std::size_t kWordCap = 65535;

/// One value, and who says so.
template <class T>
struct Claim {
  T value{};
  const char* by = "";
};

template <class T>
void add_claim(std::vector<Claim<T>>& claims, const T& value, const char* by) {
  for (const Claim<T>& claim : claims) {
    if (claim.value == value) return;
  }
  claims.push_back({value, by});
}

/// A parameter's count; nothing where it is absent or no whole number that a file can hold.
bool count_in(const std::vector<C3dGroup>& groups, const char* group, const char* name,
              std::size_t& count) {
  const std::vector<double> values = counts_of(groups, group, name);
  if (values.empty() || !(values[0] >= 0.0 && values[0] < 4e9)) return false;
  count = static_cast<std::size_t>(std::lround(values[0]));
  return true;
}

/// A frame number of the TRIAL group: two 16-bit words, the low one first, or a single number.
bool trial_field(const std::vector<C3dGroup>& groups, const char* name, std::size_t& frame) {
  const std::vector<double> words = counts_of(groups, "TRIAL", name);
  if (words.empty()) return false;
  const double value = words[0] + (words.size() > 1 ? 65536.0 * words[1] : 0.0);
  if (!(value >= 1.0 && value < 4294967296.0)) return false;
  frame = static_cast<std::size_t>(value);
  return true;
}

struct Analog {
  std::size_t n_channels = 0;
  std::size_t samples_per_frame = 0;

  bool operator==(const Analog& other) const {
    return n_channels == other.n_channels && samples_per_frame == other.samples_per_frame;
  }
};

/// All that is claimed of each, the preferred first.
struct Claims {
  std::vector<Claim<std::size_t>> data_at, n_points, n_frames;
  std::vector<Claim<Analog>> analog;
  std::vector<Claim<C3dNumbers>> numbers;
};

std::vector<Claim<Analog>> analog_claims(const C3dHeader& header,
                                         const std::vector<C3dGroup>& groups, double rate_hz) {
  std::vector<Claim<Analog>> claims;
  const auto per_frame = static_cast<std::size_t>(header.analog_per_frame);
  const auto samples = static_cast<std::size_t>(header.samples_per_frame);
  std::size_t used = 0;
  const bool has_used = count_in(groups, "ANALOG", "USED", used);
  if (per_frame == 0) {
    add_claim(claims, Analog{}, "the header");
  } else if (samples > 0 && per_frame % samples == 0) {
    add_claim(claims, Analog{per_frame / samples, samples}, "the header");
  } else if (has_used && used > 0 && per_frame % used == 0) {
    add_claim(claims, Analog{used, per_frame / used}, "the header");
  } else {
    add_claim(claims, Analog{per_frame, 1}, "the header");
  }
  if (!has_used) return claims;
  if (used == 0) {
    add_claim(claims, Analog{}, "ANALOG:USED");
    return claims;
  }
  const std::vector<double> rate = numbers_of(groups, "ANALOG", "RATE");
  if (!rate.empty() && rate_hz > 0.0) {
    const double ratio = std::round(rate[0] / rate_hz);
    if (ratio >= 1.0 && ratio <= 65535.0) {
      add_claim(claims, Analog{used, static_cast<std::size_t>(ratio)}, "ANALOG:USED");
    }
  }
  if (samples > 0) add_claim(claims, Analog{used, samples}, "ANALOG:USED");
  return claims;
}

Claims collect_claims(const C3dHeader& header, const std::vector<C3dGroup>& groups, double rate_hz,
                      std::size_t file_size) {
  Claims claims;
  std::size_t count = 0;
  const auto add_start = [&](std::size_t byte, const char* by) {
    if (byte >= kC3dBlock && byte != header.parameters_at) add_claim(claims.data_at, byte, by);
  };
  add_start(header.data_at, "the header");
  if (count_in(groups, "POINT", "DATA_START", count) && count > 1) {
    add_start((count - 1) * kC3dBlock, "POINT:DATA_START");
  }
  // Where neither can be: right behind the parameters.
  if (header.parameters_end <= file_size &&
      std::none_of(claims.data_at.begin(), claims.data_at.end(),
                   [&](const auto& claim) { return claim.value < file_size; })) {
    add_start(header.parameters_end, "the parameters' length");
  }
  add_claim(claims.n_points, static_cast<std::size_t>(header.n_points), "the header");
  if (count_in(groups, "POINT", "USED", count)) {
    add_claim(claims.n_points, count, "POINT:USED");
  }
  claims.analog = analog_claims(header, groups, rate_hz);

  std::size_t first = 0;
  std::size_t last = 0;
  if (count_in(groups, "POINT", "LONG_FRAMES", count) && count > 0) {
    add_claim(claims.n_frames, count, "POINT:LONG_FRAMES");
  }
  if (trial_field(groups, "ACTUAL_START_FIELD", first) &&
      trial_field(groups, "ACTUAL_END_FIELD", last) && last >= first) {
    add_claim(claims.n_frames, last - first + 1, "TRIAL:ACTUAL_END_FIELD");
  }
  // 16 bits that hold a longer count's cap or remainder claim nothing.
  const auto longest = [&] { return claims.n_frames.empty() ? 0 : claims.n_frames[0].value; };
  const auto is_cut = [&](std::size_t value) {
    return longest() > kWordCap && (value == kWordCap || value == longest() % (kWordCap + 1));
  };
  if (count_in(groups, "POINT", "FRAMES", count) && count > 0 && !is_cut(count)) {
    add_claim(claims.n_frames, count, "POINT:FRAMES");
  }
  if (header.last_frame >= header.first_frame && header.last_frame > 0) {
    count = static_cast<std::size_t>(header.last_frame - header.first_frame) + 1;
    const bool is_capped = header.last_frame == static_cast<int>(kWordCap);
    if (!is_cut(count) && !(longest() > kWordCap && is_capped)) {
      add_claim(claims.n_frames, count, "the header");
    }
  }

  const auto add_sign = [&](double scale, const char* by) {
    if (scale < 0.0) add_claim(claims.numbers, C3dNumbers::kReal, by);
    if (scale > 0.0) add_claim(claims.numbers, C3dNumbers::kInteger, by);
  };
  add_sign(header.scale, "the header");
  const std::vector<double> scale = numbers_of(groups, "POINT", "SCALE");
  if (!scale.empty()) add_sign(scale[0], "POINT:SCALE");
  return claims;
}

/// One choice from the claims.
struct Choice {
  std::size_t data_at = 0, points = 0, analog = 0, numbers = 0, frames = 0;
};

std::size_t frame_bytes(const Claims& claims, const Choice& choice) {
  const Analog& analog = claims.analog[choice.analog].value;
  const std::size_t word = claims.numbers[choice.numbers].value == C3dNumbers::kReal ? 4 : 2;
  // All three are below 2^32 and 2^16.
  return word *
         (4 * claims.n_points[choice.points].value + analog.n_channels * analog.samples_per_frame);
}

/// How well a choice explains the file: 0 its data end in the file's last block, 1 more follows,
/// 2 data are missing.
int misfit(const Claims& claims, const Choice& choice, std::size_t file_size) {
  const std::size_t bytes = frame_bytes(claims, choice);
  const std::size_t first = claims.data_at[choice.data_at].value;
  if (first > file_size) return 2;
  const std::size_t n_there = bytes == 0 ? 0 : (file_size - first) / bytes;
  const std::size_t n_frames = claims.n_frames[choice.frames].value;
  if (n_there < n_frames) return 2;
  return file_size - first - n_frames * bytes < kC3dBlock ? 0 : 1;
}

/// The choice that fits the file best; among equals the one that sets the fewest preferred claims
/// aside, then the first.
Choice choose(const Claims& claims, std::size_t file_size) {
  const std::size_t n_choices = claims.data_at.size() * claims.n_points.size() *
                                claims.analog.size() * claims.numbers.size() *
                                claims.n_frames.size();  // some dozens
  Choice best;
  int best_misfit = 3;
  std::size_t best_passed_over = 0;
  for (std::size_t i = 0; i < n_choices; ++i) {
    std::size_t rest = i;
    const auto digit = [&](std::size_t n) {
      const std::size_t lowest = rest % n;
      rest /= n;
      return lowest;
    };
    Choice choice;
    choice.frames = digit(claims.n_frames.size());
    choice.numbers = digit(claims.numbers.size());
    choice.analog = digit(claims.analog.size());
    choice.points = digit(claims.n_points.size());
    choice.data_at = digit(claims.data_at.size());
    const std::size_t passed_over =
        choice.data_at + choice.points + choice.analog + choice.numbers + choice.frames;
    const int now = misfit(claims, choice, file_size);
    if (now < best_misfit || (now == best_misfit && passed_over < best_passed_over)) {
      best = choice;
      best_misfit = now;
      best_passed_over = passed_over;
    }
  }
  return best;
}

std::string in_words_of(std::size_t value) { return std::to_string(value); }
std::string in_words_of(const Analog& analog) {
  return std::to_string(analog.n_channels) + " x " + std::to_string(analog.samples_per_frame);
}
std::string in_words_of(C3dNumbers numbers) {
  return numbers == C3dNumbers::kReal ? "real" : "integer";
}

/// "The header and POINT:USED differ on the number of points (26, 25): 25 was taken."
template <class T>
void note_claims(const std::vector<Claim<T>>& claims, std::size_t taken, const char* of,
                 std::vector<std::string>& notes) {
  if (claims.size() < 2) return;
  std::string who = claims[0].by;
  std::string what = in_words_of(claims[0].value);
  for (std::size_t i = 1; i < claims.size(); ++i) {
    who += (i + 1 == claims.size() ? " and " : ", ") + std::string(claims[i].by);
    what += ", " + in_words_of(claims[i].value);
  }
  who[0] = who[0] == 't' ? 'T' : who[0];
  notes.push_back(who + " differ on " + of + " (" + what +
                  "): " + in_words_of(claims[taken].value) + " was taken.");
}

Result<double> settle_rate(const C3dHeader& header, const std::vector<C3dGroup>& groups,
                           const std::string& source, std::vector<std::string>& notes) {
  const auto usable = [](double rate) {
    return rate >= kLowestRate_hz && rate <= kHighestRate_hz;  // false for NaN
  };
  const std::vector<double> parameter = numbers_of(groups, "POINT", "RATE");
  if (!parameter.empty() && usable(parameter[0])) {
    const double rate = parameter[0];
    if (std::abs(header.rate_hz - rate) > 1e-3 * rate) {
      notes.push_back("The header says " + in_words(header.rate_hz) +
                      " frames per second, POINT:RATE " + in_words(rate) +
                      ": the latter was taken.");
    }
    return rate;
  }
  if (usable(header.rate_hz)) {
    notes.push_back("POINT:RATE is missing or no frame rate: the header's " +
                    in_words(header.rate_hz) + " was taken.");
    return header.rate_hz;
  }
  return fail(
      Errc::kBadFormat,
      "neither POINT:RATE nor the header's " + in_words(header.rate_hz) + " is a frame rate",
      source + ": POINT:RATE", "export the file again with its frame rate");
}

Result<double> settle_scale(const C3dHeader& header, const std::vector<C3dGroup>& groups,
                            C3dNumbers numbers, const std::string& source,
                            std::vector<std::string>& notes) {
  const std::vector<double> parameter = numbers_of(groups, "POINT", "SCALE");
  const auto usable = [](double scale) { return std::isfinite(scale) && scale != 0.0; };
  if (!parameter.empty() && usable(parameter[0])) {
    const double scale = std::abs(parameter[0]);
    // Of reals it scales the residuals only.
    if (numbers == C3dNumbers::kInteger &&
        !(std::abs(std::abs(header.scale) - scale) <= 1e-5 * scale)) {
      notes.push_back("The header's scale is " + in_words(header.scale) + ", POINT:SCALE " +
                      in_words(parameter[0]) + ": the latter was taken.");
    }
    return scale;
  }
  if (usable(header.scale)) return std::abs(header.scale);
  if (numbers == C3dNumbers::kReal) return 1.0;
  return fail(Errc::kBadFormat, "neither POINT:SCALE nor the header's scale is usable",
              source + ": POINT:SCALE", "export the file again");
}

/// Number of the first frame: TRIAL's where it agrees with the count, else the header's.
int settle_first_frame(const C3dHeader& header, const std::vector<C3dGroup>& groups,
                       std::size_t n_frames) {
  std::size_t first = 0;
  std::size_t last = 0;
  if (trial_field(groups, "ACTUAL_START_FIELD", first) &&
      trial_field(groups, "ACTUAL_END_FIELD", last) && last >= first &&
      last - first + 1 == n_frames && last <= 2000000000U) {
    return static_cast<int>(first);
  }
  return std::max(header.first_frame, 1);
}

/// How many frames to read: those that are claimed and there.
Result<std::size_t> settle_frames(const C3dLayout& layout, std::size_t n_claimed,
                                  std::string_view bytes, const std::string& source,
                                  std::vector<std::string>& notes) {
  const std::string_view data = bytes.substr(std::min(layout.data_at, bytes.size()));
  std::size_t n_there = data.size() / layout.frame_bytes;
  if (n_there == 0) {
    return fail(Errc::kMissingData,
                "the data should begin at byte " + std::to_string(layout.data_at) +
                    ", but the file ends at " + std::to_string(bytes.size()) +
                    ", before the first frame of " + std::to_string(layout.frame_bytes) + " bytes",
                at_byte(source, layout.data_at), "export the recording again");
  }
  if (n_claimed > n_there) {
    notes.push_back("The file says " + std::to_string(n_claimed) + " frames, but ends after " +
                    std::to_string(n_there) + ": " + std::to_string(n_claimed - n_there) +
                    " are missing; export it again if it was cut off.");
    return n_there;
  }
  if (n_claimed != kWordCap) return n_claimed;
  // 65535 may mean that 16 bits do not count further: what follows is read too, up to the zeros
  // that fill the last block.
  const std::size_t last_block = bytes.size() - std::min(bytes.size(), kC3dBlock);
  while (
      n_there > n_claimed && layout.data_at + n_there * layout.frame_bytes > last_block &&
      data.substr((n_there - 1) * layout.frame_bytes, layout.frame_bytes).find_first_not_of('\0') ==
          std::string_view::npos) {
    --n_there;
  }
  if (n_there > n_claimed) {
    notes.push_back("The file says 65535 frames, as far as 16 bits count, but holds " +
                    std::to_string(n_there) + ": all were read.");
  }
  return n_there;
}

}  // namespace

Result<C3dLayout> settle_c3d_layout(const C3dHeader& header, const std::vector<C3dGroup>& groups,
                                    std::string_view bytes, const std::string& source,
                                    std::vector<std::string>& notes) {
  CATENA_TRY(rate_hz, settle_rate(header, groups, source, notes));
  const Claims claims = collect_claims(header, groups, rate_hz, bytes.size());
  if (claims.data_at.empty()) {
    return fail(Errc::kBadFormat, "neither the header nor POINT:DATA_START says where data begin",
                at_byte(source, 16), "export the recording again");
  }
  if (claims.numbers.empty()) {
    return fail(Errc::kBadFormat,
                "neither the header's scale nor POINT:SCALE says whether numbers are real",
                source + ": POINT:SCALE", "export the recording again");
  }
  if (claims.n_frames.empty()) {
    return fail(Errc::kMissingData, "the file says that it has no frames",
                source + ": POINT:FRAMES", "export the recording again");
  }
  const Choice choice = choose(claims, bytes.size());
  const Analog& analog = claims.analog[choice.analog].value;
  if (frame_bytes(claims, choice) == 0) {
    return fail(Errc::kMissingData, "the file has neither points nor analog channels",
                source + ": POINT:USED", "export the recording again with its markers");
  }
  note_claims(claims.data_at, choice.data_at, "the byte where data begin", notes);
  note_claims(claims.n_points, choice.points, "the number of points", notes);
  note_claims(claims.analog, choice.analog, "analog channels and their samples a frame", notes);
  note_claims(claims.numbers, choice.numbers, "how numbers are stored", notes);
  note_claims(claims.n_frames, choice.frames, "the number of frames", notes);

  C3dLayout layout;
  layout.numbers = claims.numbers[choice.numbers].value;
  layout.n_points = claims.n_points[choice.points].value;
  layout.n_channels = analog.n_channels;
  layout.samples_per_frame = analog.n_channels > 0 ? analog.samples_per_frame : 0;
  layout.data_at = claims.data_at[choice.data_at].value;
  layout.frame_bytes = frame_bytes(claims, choice);
  layout.rate_hz = rate_hz;
  const std::size_t n_claimed = claims.n_frames[choice.frames].value;
  CATENA_TRY(n_frames, settle_frames(layout, n_claimed, bytes, source, notes));
  layout.n_frames = n_frames;
  layout.first_frame = settle_first_frame(header, groups, n_claimed);
  CATENA_TRY(scale, settle_scale(header, groups, layout.numbers, source, notes));
  layout.point_scale = scale;
  return layout;
}

}  // namespace catena
