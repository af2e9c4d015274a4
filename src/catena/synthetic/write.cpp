#include "catena/synthetic/write.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "catena/core/units.h"
#include "catena/model/osim_writer.h"
#include "catena/recording/trc.h"

namespace catena {
namespace {

using Json = nlohmann::ordered_json;

// Tenths of a micrometre: far below any noise, and half the size of every digit.
constexpr int kDecimals = 4;

/// No JSON number says "never": null does.
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

/// Degrees to the nearest millionth, so that a reader is not shown rounding noise.
Json degrees(double rad) { return number(std::round(rad * kDegPerRad * 1e6) / 1e6); }

Json posture(const SagittalPosture& p) {
  return {{"thigh_deg", degrees(p.thigh())},
          {"hip_deg", degrees(p.hip)},
          {"pelvis_deg", degrees(p.pelvis())},
          {"low_back_deg", degrees(p.low_back)},
          {"lean_deg", degrees(p.lean)}};
}

Json range(const SizeRange& r) { return {r.low_mm, r.high_mm}; }

Json knobs(const RunnerOptions& o) {
  Json ramp = nullptr;
  if (o.ramp) {
    ramp = {{"from_m_s", o.ramp->from_m_s},
            {"to_m_s", o.ramp->to_m_s},
            {"duration_s", o.ramp->duration_s}};
  }
  const ArtefactOptions& a = o.artefact;
  return {{"seed", o.seed},
          {"height_m", o.body.height_m},
          {"mass_kg", o.body.mass_kg},
          {"female", o.body.female},
          {"body_variation", o.body.variation},
          {"speeds_m_s", o.ramp ? Json(nullptr) : Json(o.speeds_m_s)},
          {"ramp", ramp},
          {"strides", o.strides},
          {"seconds", o.seconds},
          {"rate_hz", o.rate_hz},
          {"treadmill", o.treadmill},
          {"thigh_spread_scale", o.thigh_spread_scale},
          {"asymmetry_deg", o.asymmetry_deg},
          {"deviation_sd_deg", o.deviation_sd_deg},
          {"thigh_sd_deg", o.thigh_sd_deg},
          {"pelvis_sd_deg", o.pelvis_sd_deg},
          {"lean_sd_deg", o.lean_sd_deg},
          {"stride_time_sd", o.stride_time_sd},
          {"marker_noise_mm", o.marker_noise_mm},
          {"artefact",
           {{"on", a.on},
            {"thigh_mm", range(a.thigh)},
            {"pelvis_mm", range(a.pelvis)},
            {"shank_mm", range(a.shank)},
            {"torso_mm", range(a.torso)},
            {"other_mm", range(a.other)},
            {"coherent", a.coherent},
            {"with_joint_angle", a.with_joint_angle}}},
          {"faults",
           {{"gaps_per_marker_minute", o.faults.gaps_per_marker_minute},
            {"longest_gap_s", o.faults.longest_gap_s},
            {"dropped_fraction", o.faults.dropped_fraction},
            {"swapped_pairs", o.faults.swapped_pairs}}},
          {"model_error", o.model_error}};
}

Json line(const PlantedLine& l) {
  return {{"shares",
           {{"hip", l.shares.hip},
            {"low_back", l.shares.low_back},
            {"lean", l.shares.lean},
            {"pelvis", l.shares.low_back + l.shares.lean}}},
          {"center", posture(l.center)},
          {"hip_stop_deg", degrees(l.hip_stop_rad)},
          {"stop_reached", l.stop_reached}};
}

const char* side_name(int side) { return side == 0 ? "right" : "left"; }

Json peaks(const SyntheticTruth& truth) {
  Json list = Json::array();
  for (const PlantedPeak& peak : truth.peaks) {
    Json entry = {{"recording", truth.runs[static_cast<std::size_t>(peak.recording)].name},
                  {"side", side_name(peak.side)},
                  {"time_s", std::round(peak.time_s * 1e6) / 1e6},
                  {"speed_m_s", std::round(peak.speed_m_s * 1e6) / 1e6}};
    entry.update(posture(peak.posture));
    entry["deviation"] = {{"hip_deg", degrees(peak.deviation.hip)},
                          {"low_back_deg", degrees(peak.deviation.low_back)},
                          {"lean_deg", degrees(peak.deviation.lean)}};
    list.push_back(entry);
  }
  return list;
}

Json footfalls(const SyntheticTruth& truth) {
  Json list = Json::array();
  for (const PlantedFootfall& foot : truth.footfalls) {
    list.push_back({{"recording", truth.runs[static_cast<std::size_t>(foot.recording)].name},
                    {"side", side_name(foot.side)},
                    {"contact_s", std::round(foot.contact_s * 1e6) / 1e6},
                    {"toe_off_s", std::round(foot.toe_off_s * 1e6) / 1e6}});
  }
  return list;
}

Json faults(const SyntheticTruth& truth) {
  const auto name = [&](int recording) {
    return truth.runs[static_cast<std::size_t>(recording)].name;
  };
  // Frames are counted from 1, as TRC does.
  Json out = {{"gaps", Json::array()}, {"swaps", Json::array()}, {"dropped_frames", Json::array()}};
  for (const PlantedGap& gap : truth.gaps) {
    out["gaps"].push_back({{"recording", name(gap.recording)},
                           {"marker", gap.marker},
                           {"first_frame", gap.first_frame + 1},
                           {"last_frame", gap.last_frame + 1}});
  }
  for (const PlantedSwap& swap : truth.swaps) {
    out["swaps"].push_back({{"recording", name(swap.recording)},
                            {"markers", {swap.first_marker, swap.second_marker}},
                            {"first_frame", swap.first_frame + 1},
                            {"last_frame", swap.last_frame + 1}});
  }
  for (const PlantedDrop& drop : truth.drops) {
    out["dropped_frames"].push_back(
        {{"recording", name(drop.recording)}, {"frame", drop.frame + 1}});
  }
  return out;
}

}  // namespace

std::string truth_json(const SyntheticTruth& truth) {
  Json out;
  out["what"] =
      "Planted truth of a synthetic runner. Sagittal angles from gravity, in degrees: hip "
      "extension +, low back extension +, forward lean +; thigh = hip + low back + lean.";
  out["knobs"] = knobs(truth.options);
  out["legs"] = {{"right", line(truth.lines[0])}, {"left", line(truth.lines[1])}};
  out["standing"] = posture(truth.standing);
  out["runs"] = Json::array();
  for (const PlantedRun& run : truth.runs) {
    out["runs"].push_back({{"name", run.name},
                           {"from_m_s", run.from_m_s},
                           {"to_m_s", run.to_m_s},
                           {"duration_s", run.duration_s}});
  }
  out["peaks"] = peaks(truth);
  out["footfalls"] = footfalls(truth);
  Json artefact = Json::object();
  for (std::size_t m = 0; m < truth.markers.size(); ++m) {
    artefact[truth.markers[m]] = truth.artefact_rms_m[static_cast<Eigen::Index>(m)];
  }
  out["artefact_rms_m"] = artefact;
  out["faults"] = faults(truth);
  return out.dump(1) + "\n";
}

std::string session_toml(const SyntheticTruth& truth) {
  const RunnerOptions& options = truth.options;
  std::string out = fmt::format(
      "# A synthetic runner; the answer is in truth.json.\n"
      "model = \"runner.osim\"\n"
      "standing = \"standing.trc\"\n"
      "treadmill = {}\n\n"
      "[person]\n"
      "sex = \"{}\"\n"
      "height_m = {}\n"
      "mass_kg = {}\n",
      options.treadmill, options.body.female ? "female" : "male", options.body.height_m,
      options.body.mass_kg);
  for (const PlantedRun& run : truth.runs) {
    const bool ramp = run.from_m_s != run.to_m_s;
    out += fmt::format("\n[[run]]\nfile = \"{}.trc\"\n", run.name);
    out += ramp ? "ramp = true\n" : fmt::format("speed_m_s = {}\n", run.from_m_s);
  }
  return out;
}

FileSet session_files(const SyntheticSession& session) {
  const TrcWriteOptions trc = {.decimals = kDecimals};
  FileSet files;
  files.emplace_back("runner.osim", write_osim(session.user_model));
  files.emplace_back("true_body.osim", write_osim(session.body.model));
  files.emplace_back("standing.trc", write_trc(session.standing, trc));
  for (const PointRecording& run : session.runs) {
    files.emplace_back(run.name + ".trc", write_trc(run, trc));
  }
  files.emplace_back("session.toml", session_toml(session.truth));
  files.emplace_back("truth.json", truth_json(session.truth));
  return files;
}

}  // namespace catena
