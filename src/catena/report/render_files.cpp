#include "catena/report/render_files.h"

#include <set>

#include "catena/kinematics/ik_setup.h"
#include "catena/model/osim_writer.h"
#include "catena/report/body_plot.h"
#include "catena/report/csv_report.h"
#include "catena/report/exam_page.h"
#include "catena/report/fit_report.h"
#include "catena/report/html_report.h"
#include "catena/report/json_report.h"
#include "catena/report/motion_report.h"

namespace catena {
namespace {

// A recording's name as part of a file name: no folders, no characters that some systems refuse.
std::string safe_file_name(const std::string& name) {
  std::string safe;
  for (const char c : name) {
    const bool refused = static_cast<unsigned char>(c) < 0x20 ||
                         std::string("/\\:*?\"<>|").find(c) != std::string::npos;
    safe += refused ? '_' : c;
  }
  return safe.empty() ? "recording" : safe;
}

// Two recordings of one name, from different folders, must not end in one file.
std::string unused_name(const std::string& stem, std::set<std::string>& used) {
  std::string name = stem + "_ik.mot";
  for (int k = 2; !used.insert(name).second; ++k) {
    name = stem + "_" + std::to_string(k) + "_ik.mot";
  }
  return name;
}

}  // namespace

FileSet render_files(const Results& results) {
  FileSet files;
  files.emplace_back("report.html", render_html(results));
  files.emplace_back("result.json", render_json(results));
  files.emplace_back("curves.csv", render_curves_csv(results));
  files.emplace_back("strides.csv", render_strides_csv(results));
  files.emplace_back("take_up.csv", render_take_up_csv(results));
  files.emplace_back("evidence.csv", render_evidence_csv(results));
  if (results.examination) files.emplace_back("exam.csv", render_exam_csv(results));
  std::set<std::string> used;
  for (const RecordingResult& recording : results.recordings) {
    files.emplace_back(
        unused_name(safe_file_name(recording.name), used),
        render_motion(recording.motion, results.coordinate_names, results.coordinate_is_rotation));
  }
  return files;
}

FileSet render_fit_files(const FitSummary& fit, const Model& runner,
                         const std::vector<MarkerTask>& weights) {
  FileSet files = {{"runner.osim", write_osim(runner)},
                   {"ik_tasks.xml", write_ik_tasks(weights)},
                   {"fit.html", render_fit_html(fit)},
                   {"fit.json", render_fit_json(fit)}};
  std::string picture = draw_body_picture(fit.picture);
  if (!picture.empty()) files.emplace_back("body.svg", std::move(picture));
  return files;
}

}  // namespace catena
