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

# Adds to `target` the function joint_roles_file() that hands out joint_roles.csv.
function(catena_embed_joint_roles target file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} text)
  set(generated ${PROJECT_BINARY_DIR}/generated/joint_roles_file.cpp)
  file(GENERATE OUTPUT ${generated} CONTENT
"// Made from joint_roles.csv; edit that file.
#include \"catena/model/joint_roles_file.h\"

namespace catena {

std::string_view joint_roles_file() { return R\"csv(${text})csv\"; }

}  // namespace catena
")
  target_sources(${target} PRIVATE ${generated})
endfunction()

# Adds to `target` the function published_figures_file() that hands out published_figures.json.
function(catena_embed_published_figures target file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} text)
  set(generated ${PROJECT_BINARY_DIR}/generated/published_figures_file.cpp)
  file(GENERATE OUTPUT ${generated} CONTENT
"// Made from published_figures.json; edit that file.
#include \"catena/gait/published_figures_file.h\"

namespace catena {

std::string_view published_figures_file() { return R\"json(${text})json\"; }

}  // namespace catena
")
  target_sources(${target} PRIVATE ${generated})
endfunction()
