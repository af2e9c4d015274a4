// What papers say of runners, as data with its source: gait/published_figures.json.
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "catena/core/error.h"
#include "catena/gait/gait_profile.h"

namespace catena {

enum class Comparable {
  kYes,
  kFromStanding,  // with angles counted from the runner's own standing only
  kNo,            // made of other markers or another zero: shown with its source, not compared
};

/// What of a profile a figure is about.
struct FigureOf {
  std::string scalar;       // a ProfileScalar; or empty
  bool per_height = false;  // divided by the runner's height
  std::string curve;        // a ProfileCurve; or empty
  std::string take;         // of the mean curve: "minimum", "maximum", "range", "first", "mean"
  double sign = 1.0;
};

struct FigurePoint {
  double speed_m_s = std::numeric_limits<double>::quiet_NaN();  // NaN: not said
  double mean = std::numeric_limits<double>::quiet_NaN();
  double sd = std::numeric_limits<double>::quiet_NaN();
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
};

struct PublishedFigure {
  std::string name, unit;
  FigureOf of;
  Gait gait = Gait::kRunning;
  bool treadmill_known = true, treadmill = false;
  std::string sex;   // empty: both, or not said
  int n = 0;         // 0: not said
  char grade = 'B';  // of ../facts: A certain of paper and number, B sure of paper
  Comparable comparable = Comparable::kNo;
  std::vector<FigurePoint> points;  // by speed
  std::string interval;             // what low and high are
  std::string source, note;
};

/// Reads such a file.
///
/// errors     kBadFormat, with the place
Result<std::vector<PublishedFigure>> parse_published_figures(std::string_view bytes,
                                                             std::string_view source);

/// The figures that come with the program.
const std::vector<PublishedFigure>& published_figures();

/// A figure beside the same of a recording.
struct PublishedComparison {
  const PublishedFigure* figure = nullptr;  // of published_figures()
  Side side = kRight;
  double value = std::numeric_limits<double>::quiet_NaN();  // in the figure's unit
  FigurePoint others;                                       // at the recording's speed
  std::string sentence;
};

/// Those figures of which the recording has the like: same gait and ground, comparable, its own sex
/// or both, at a speed between those of the paper (within 5 %) or where the paper says none.
std::vector<PublishedComparison> compare_with_published(const GaitProfile& profile);

}  // namespace catena
