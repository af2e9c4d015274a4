#include "catena/recording/c3d.h"

#include <utility>

#include "catena/core/file.h"
#include "catena/core/text.h"
#include "catena/recording/c3d_data.h"
#include "catena/recording/c3d_layout.h"
#include "catena/recording/c3d_meaning.h"
#include "catena/recording/c3d_parameters.h"

namespace catena {
namespace {

std::string format_name(C3dProcessor processor, C3dNumbers numbers) {
  static constexpr const char* kProcessors[] = {"Intel", "DEC", "SGI"};
  return std::string("C3D (") + kProcessors[static_cast<int>(processor)] +
         (numbers == C3dNumbers::kReal ? ", real)" : ", integer)");
}

/// Events of the group, which is the richer list; the header's where the group has none.
std::vector<RecordedEvent> read_events(std::string_view bytes, const C3dFile& file,
                                       double first_time_s, std::vector<std::string>& notes) {
  std::vector<RecordedEvent> events = read_group_events(file.groups, notes);
  std::vector<RecordedEvent> of_header = read_header_events(bytes, file.processor, first_time_s);
  if (events.empty()) return of_header;
  if (!of_header.empty()) {
    notes.push_back("The header has events of its own (" + std::to_string(of_header.size()) +
                    "): those of the EVENT group were taken.");
  }
  return events;
}

}  // namespace

Result<C3dFile> parse_c3d(std::string_view bytes, std::string_view source_view) {
  const std::string source(source_view);
  CATENA_TRY(header, read_c3d_header(bytes, source));
  C3dFile file;
  file.processor = header.processor;
  Recording& recording = file.recording;
  std::vector<std::string>& notes = recording.points.notes;
  // The four bytes that open the section are no parameter. Its length in blocks is a byte that
  // some writers let overflow, so the data's place ends it.
  const std::size_t end = header.data_at > header.parameters_at ? header.data_at : bytes.size();
  file.groups = read_c3d_groups(bytes, header.parameters_at + 4, end, header.processor, notes);
  CATENA_TRY(layout, settle_c3d_layout(header, file.groups, bytes, source, notes));
  file.numbers = layout.numbers;
  file.first_frame = layout.first_frame;
  recording.format = format_name(file.processor, file.numbers);

  double per_metre = 1000.0;
  if (layout.n_points > 0) {
    CATENA_TRY(unit, units_per_metre(file.groups, source, notes));
    per_metre = unit;
  }
  C3dPoints points = name_points(file.groups, layout.n_points, notes);
  C3dChannels channels = name_channels(file.groups, layout.n_channels, notes);
  const C3dDataCounts counts = read_c3d_data(bytes, layout, per_metre, points, channels, file);
  if (counts.n_beyond > 0) {
    notes.push_back(std::to_string(counts.n_beyond) +
                    " positions are no numbers or beyond 999999, though not marked as lost: they "
                    "count as lost.");
  }

  recording.points.name = stem_of(source);
  recording.points.rate_hz = layout.rate_hz;
  recording.points.labels = std::move(points.labels);
  const auto n_frames = static_cast<Eigen::Index>(layout.n_frames);
  recording.points.time_s.resize(n_frames);
  for (Eigen::Index i = 0; i < n_frames; ++i) {
    recording.points.time_s[i] =
        (static_cast<double>(file.first_frame - 1) + static_cast<double>(i)) / layout.rate_hz;
  }
  recording.analog.rate_hz = layout.rate_hz * static_cast<double>(layout.samples_per_frame);
  recording.analog.labels = std::move(channels.labels);
  recording.analog.units = std::move(channels.units);
  recording.plates = read_plates(file.groups, layout, per_metre, notes);
  recording.events = read_events(bytes, file, recording.points.time_s[0], notes);
  recording.subject = subject_of(file.groups);
  recording.maker = maker_of(file.groups);
  return file;
}

Result<C3dFile> read_c3d(const std::filesystem::path& path) {
  CATENA_TRY(bytes, read_file(path));
  return parse_c3d(bytes, path.string());
}

}  // namespace catena
