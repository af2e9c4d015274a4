// Helpers of the session guesses: files of a folder, and choosing among them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "catena/analysis/session.h"

namespace catena {

/// Files with one of the endings (".trc", in any case), by name; hidden ones are left out. Empty
/// where the folder cannot be read.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder,
                                            const std::vector<std::string_view>& endings);

/// Folders in a folder, by name; hidden ones are left out.
std::vector<std::filesystem::path> folders_in(const std::filesystem::path& folder);

/// This folder and those below it, as deep as `levels`.
std::vector<std::filesystem::path> folders_below(const std::filesystem::path& folder, int levels);

/// "a.trc, b.trc, c.trc and 4 more", seen from a folder.
std::string names_of(const std::vector<std::filesystem::path>& files,
                     const std::filesystem::path& seen_from, std::size_t most = 5);

/// Splits recordings into the standing trial and the runs, and reads speeds from the runs' names.
/// What was guessed is added to the session.
///
/// errors     kMismatch: two may be the standing trial; kMissingData: no run is left
Result<void> sort_recordings(const std::vector<std::filesystem::path>& recordings,
                             const SessionOptions& options, Session& session);

/// Takes the model that was given, else the only one there is, unless none is asked for.
///
/// errors     kMismatch: several
Result<void> choose_model(const std::vector<std::filesystem::path>& models,
                          const SessionOptions& options, Session& session);

/// "sessionMetadata.yaml: 83 kg, 1.89 m." when anything is known.
void note_person(const std::string& file, const std::vector<std::string>& notes, Session& session);

}  // namespace catena
