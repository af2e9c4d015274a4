// The fit of a body, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "catena/core/file.h"
#include "catena/kinematics/inverse_kinematics.h"
#include "catena/model/model.h"
#include "catena/report/fit_summary.h"

namespace catena {

/// The schema's version that render_fit_json writes. Later work only adds to it.
inline constexpr const char* kFitSchemaVersion = "1.0";

/// "measured (92 %)", "partly measured (60 %)", "mostly prior (12 %)", "proportion alone", "not
/// known". The per cent are the measured share.
std::string measured_words(double measured_share);

/// One self-contained page: picture, segments, joint centres, markers, trials, assumptions.
std::string render_fit_html(const FitSummary& fit);

/// What docs/fit.schema.json describes. UTF-8; NaN and infinity become null.
std::string render_fit_json(const FitSummary& fit);

/// For a terminal: ASCII, at most 100 columns where names are short.
std::string render_fit_text(const FitSummary& fit);

/// runner.osim, ik_tasks.xml with the markers' weights for inverse kinematics with it, fit.html,
/// fit.json, and body.svg, the picture alone.
FileSet render_fit_files(const FitSummary& fit, const Model& runner,
                         const std::vector<MarkerTask>& weights);

}  // namespace catena
