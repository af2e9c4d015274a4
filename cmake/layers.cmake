# One static library per line of src/catena/LAYERS, linked to the layers that line names, and one
# test program per layer from its *_test.cpp files.

function(catena_add_layers)
  set(file ${PROJECT_SOURCE_DIR}/src/catena/LAYERS)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  if(CATENA_TESTS)
    find_package(GTest REQUIRED)
    include(GoogleTest)
  endif()
  file(STRINGS ${file} lines REGEX "^[a-z]+:")
  foreach(line IN LISTS lines)
    string(REGEX MATCH "^([a-z]+):(.*)$" _ "${line}")
    set(layer ${CMAKE_MATCH_1})
    string(REGEX MATCHALL "[a-z]+" needs "${CMAKE_MATCH_2}")
    catena_add_layer(${layer} ${needs})
  endforeach()
endfunction()

function(catena_add_layer layer)
  set(dir ${PROJECT_SOURCE_DIR}/src/catena/${layer})
  file(GLOB sources CONFIGURE_DEPENDS ${dir}/*.cpp)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")

  if(sources)
    add_library(catena_${layer} STATIC ${sources})
    set(scope PUBLIC)
    if(layer STREQUAL "kinematics")
      catena_set_lane_kernels(${dir})
    endif()
    if(IS_DIRECTORY ${dir}/marker_sets)
      catena_embed_folder(catena_${layer} ${layer} ${dir}/marker_sets toml)
    endif()
    if(IS_DIRECTORY ${dir}/languages)
      catena_embed_folder(catena_${layer} ${layer} ${dir}/languages json)
    endif()
    foreach(file IN ITEMS ${dir}/joint_roles.csv ${dir}/published_figures.json
                 ${dir}/pelvis_share.json ${dir}/plan_table.json ${dir}/exam_tests.json
                 ${dir}/red_flags.json ${dir}/rules.json)
      if(EXISTS ${file})
        catena_embed_text(catena_${layer} ${layer} ${file})
      endif()
    endforeach()
    target_link_libraries(catena_${layer} PRIVATE catena_flags pugixml::pugixml
                          nlohmann_json::nlohmann_json OpenSSL::Crypto)
  else()
    add_library(catena_${layer} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(catena::${layer} ALIAS catena_${layer})
  target_include_directories(catena_${layer} ${scope} ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(catena_${layer} ${scope} Eigen3::Eigen tl::expected fmt::fmt
                        Threads::Threads)
  foreach(need IN LISTS ARGN)
    target_link_libraries(catena_${layer} ${scope} catena::${need})
  endforeach()

  if(CATENA_TESTS AND tests)
    add_executable(catena_${layer}_test ${tests})
    target_link_libraries(catena_${layer}_test PRIVATE catena_flags catena::${layer}
                          GTest::gtest GTest::gmock GTest::gtest_main
                          nlohmann_json::nlohmann_json)
    target_compile_definitions(catena_${layer}_test PRIVATE
      CATENA_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    if(layer STREQUAL "kinematics")
      catena_add_simbody_oracle(catena_${layer}_test)
    endif()
    gtest_discover_tests(catena_${layer}_test DISCOVERY_TIMEOUT 60)
  endif()
endfunction()

# The kernels of inverse kinematics for newer processors, one of which is chosen when the program
# runs. Only these files may use more than the common instructions.
function(catena_set_lane_kernels dir)
  set_source_files_properties(${dir}/lane_kernel_2.cpp PROPERTIES
    COMPILE_OPTIONS "-O3;-ffp-contract=fast")
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
    set_source_files_properties(${dir}/lane_kernel_avx2.cpp PROPERTIES
      COMPILE_OPTIONS "-O3;-ffp-contract=fast;-mavx2;-mfma")
    set_source_files_properties(${dir}/lane_kernel_avx512.cpp PROPERTIES
      COMPILE_OPTIONS "-O3;-ffp-contract=fast;-mavx512f;-mavx512dq;-mavx512vl;-mfma")
  endif()
endfunction()

# Another engine to compare with, in the tests of one layer only. Its headers need C++17.
function(catena_add_simbody_oracle test)
  find_package(Simbody QUIET)
  if(NOT Simbody_FOUND)
    message(STATUS "No Simbody (libsimbody-dev): kinematics is not compared with it")
    return()
  endif()
  if(CATENA_SANITIZE)
    # Eigen allocates otherwise under the address sanitizer, and the engine is built without it.
    message(STATUS "Sanitized build: kinematics is compared with Simbody in the others only")
    return()
  endif()
  set(dir ${PROJECT_SOURCE_DIR}/tests)
  add_library(simbody_engine STATIC ${dir}/simbody/simbody_engine.cpp)
  set_target_properties(simbody_engine PROPERTIES CXX_STANDARD 17)
  # Debian builds Simbody with its assertions, and they change the layout of its classes.
  target_compile_options(simbody_engine PRIVATE -UNDEBUG)
  target_include_directories(simbody_engine SYSTEM PRIVATE ${Simbody_INCLUDE_DIR})
  target_include_directories(simbody_engine PUBLIC ${dir})
  target_link_libraries(simbody_engine PUBLIC Eigen3::Eigen PRIVATE ${Simbody_LIBRARIES})
  target_link_libraries(${test} PRIVATE simbody_engine)
  target_compile_definitions(${test} PRIVATE CATENA_HAS_SIMBODY)
endfunction()
