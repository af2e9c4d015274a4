# Data files of the source tree as text inside the program: nothing is looked for at run time.

# Adds to `target` the function marker_set_files() that hands out each marker_sets/*.toml.
function(catena_embed_marker_sets target dir)
  file(GLOB files CONFIGURE_DEPENDS ${dir}/*.toml)
  set(rows "")
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    get_filename_component(name ${file} NAME)
    file(READ ${file} text)
    string(APPEND rows "    {\"${name}\", R\"toml(${text})toml\"},\n")
  endforeach()
  set(generated ${PROJECT_BINARY_DIR}/generated/marker_set_files.cpp)
  file(GENERATE OUTPUT ${generated} CONTENT
"// Made from the marker_sets folder; edit the files there.
#include \"catena/trajectories/marker_set_files.h\"

#include <array>

namespace catena {
namespace {

constexpr auto kFiles = std::to_array<EmbeddedFile>({
${rows}});

}  // namespace

std::span<const EmbeddedFile> marker_set_files() { return kFiles; }

}  // namespace catena
")
  target_sources(${target} PRIVATE ${generated})
endfunction()

# Adds to `target` the function language_files() that hands out each languages/*.json.
function(catena_embed_languages target dir)
  file(GLOB files CONFIGURE_DEPENDS ${dir}/*.json)
  set(rows "")
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    get_filename_component(name ${file} NAME)
    file(READ ${file} text)
    string(APPEND rows "    {\"${name}\", R\"json(${text})json\"},\n")
  endforeach()
  set(generated ${PROJECT_BINARY_DIR}/generated/language_files.cpp)
  file(GENERATE OUTPUT ${generated} CONTENT
"// Made from the languages folder; edit the files there.
#include \"catena/report/language_files.h\"

#include <array>

namespace catena {
namespace {

constexpr auto kFiles = std::to_array<LanguageFile>({
${rows}});

}  // namespace

std::span<const LanguageFile> language_files() { return kFiles; }

}  // namespace catena
")
  target_sources(${target} PRIVATE ${generated})
endfunction()

# Adds to `target` the function NAME_file() that hands out a text file; its header stands beside the
# file as NAME_file.h.
function(catena_embed_text target layer file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  get_filename_component(name ${file} NAME_WE)
  get_filename_component(file_name ${file} NAME)
  file(READ ${file} text)
  set(generated ${PROJECT_BINARY_DIR}/generated/${name}_file.cpp)
  file(GENERATE OUTPUT ${generated} CONTENT
"// Made from ${file_name}; edit that file.
#include \"catena/${layer}/${name}_file.h\"

namespace catena {

std::string_view ${name}_file() { return R\"text(${text})text\"; }

}  // namespace catena
")
  target_sources(${target} PRIVATE ${generated})
endfunction()
