#include <fmt/core.h>

#include <cctype>
#include <cstdio>

#include "catena/core/file.h"
#include "catena/model/chain_map.h"
#include "catena/model/osim_reader.h"
#include "catena/recording/inspect.h"
#include "commands.h"

namespace catena {
namespace {

/// What an .osim file holds, line by line.
Result<std::string> describe_model(const std::filesystem::path& path) {
  CATENA_TRY(model, read_osim(path));
  std::string out =
      fmt::format("{}\n  model \"{}\": {} bodies, {} coordinates, {} couplers, {} markers\n",
                  path.string(), model.name, model.bodies.size() - 1, model.coordinates.size(),
                  model.couplers.size(), model.markers.size());
  double mass_kg = 0.0;
  for (const Body& body : model.bodies) mass_kg += body.mass_kg;
  out += fmt::format("  mass {:.1f} kg\n", mass_kg);
  const auto chain = find_chain(model);
  if (!chain) {
    out += "  problem: " + to_sentence(chain.error()) + "\n";
  } else if (chain->thorax == kNone) {
    out += "  no thorax: low back and forward lean cannot be told apart\n";
  } else {
    out += "  has thorax, pelvis and both thighs: enough for the leg-behind budget\n";
  }
  for (const std::string& assumption : model.assumptions) out += "  note: " + assumption + "\n";
  return out;
}

Result<std::string> describe_recording(const std::filesystem::path& path) {
  CATENA_TRY(inspection, inspect_file(path));
  return to_text(inspection);
}

}  // namespace

int run_check(const CheckCommand& command) {
  int worst = kDone;
  for (const std::filesystem::path& file : command.files) {
    std::string ending = file.extension().string();
    for (char& c : ending) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const bool is_model = ending == ".osim";
    const Result<std::string> text = is_model ? describe_model(file) : describe_recording(file);
    if (text) {
      fmt::print("{}", *text);
    } else {
      worst = report_error(text.error());
    }
  }
  return worst;
}

}  // namespace catena
