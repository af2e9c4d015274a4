# Data files of the source tree as text inside the program: nothing is looked for at run time.

# Adds to `target` the function that hands out each file of a folder: marker_set_files() of the
# .toml files in marker_sets. Its header stands beside the folder as marker_set_files.h.
function(catena_embed_folder target layer folder ending)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.${ending})
  get_filename_component(folder_name ${folder} NAME)
  string(REGEX REPLACE "s$" "_files" name ${folder_name})
  set(rows "")
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    get_filename_component(file_name ${file} NAME)
    file(READ ${file} text)
    string(APPEND rows "    {\"${file_name}\", R\"text(${text})text\"},\n")
  endforeach()
  set(generated ${PROJECT_BINARY_DIR}/generated/${name}.cpp)
  file(GENERATE OUTPUT ${generated} CONTENT
"// Made from the ${folder_name} folder; edit the files there.
#include \"catena/${layer}/${name}.h\"

#include <array>

namespace catena {
namespace {

constexpr auto kFiles = std::to_array<EmbeddedFile>({
${rows}});

}  // namespace

std::span<const EmbeddedFile> ${name}() { return kFiles; }

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
