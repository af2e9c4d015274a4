// A reference: any bytes give one that can be compared with and written again, or one clear error.
#include <cstdint>
#include <string_view>

#include "catena/gait/reference.h"
#include "catena/gait/reference_comparison.h"
#include "require.h"

namespace catena {
namespace {

GaitProfile someone() {
  GaitProfile profile;
  profile.recording = "run";
  profile.gait = Gait::kRunning;
  profile.treadmill = true;
  profile.speed_m_s = 2.5;
  profile.marker_set = profile.body = profile.convention = "planted";
  profile.curves.push_back({"hip_flexion", kRight, Eigen::MatrixXd::Zero(2, kStridePercents)});
  profile.scalars.push_back({"contact_time", "s", kRight, Eigen::VectorXd::Constant(2, 0.25)});
  return profile;
}

void read_anything(std::string_view bytes) {
  const auto reference = parse_reference(bytes, "reference.json");
  if (!reference) return require_good_sentence(reference.error());
  for (const ReferenceCondition& condition : reference->conditions) {
    for (const ReferenceCurve& curve : condition.curves) {
      require(curve.mean_rad.size() == kStridePercents, "a curve has 101 points");
      require(curve.sd_rad().size() == kStridePercents, "scatter is known at each");
      require(curve.sd_rad().allFinite() && curve.mean_rad.allFinite(), "and finite");
    }
  }
  for (const ScalarAgainstReference& scalar :
       compare_with_reference(someone(), *reference).scalars) {
    require(scalar.quantile >= 0 && scalar.quantile <= 1, "a quantile is a part");
  }
  require(parse_reference(write_reference(*reference), "again").has_value(),
          "what is written can be read");
}

}  // namespace
}  // namespace catena

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it so.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  catena::read_anything({reinterpret_cast<const char*>(data), size});
  return 0;
}
