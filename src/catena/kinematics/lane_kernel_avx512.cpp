#include "catena/kinematics/lane_kernel.h"
#if defined(__AVX512F__) && defined(__AVX512DQ__)
#include "catena/kinematics/lane_kernel_body.h"
#endif

namespace catena {

const LaneKernel* lane_kernel_avx512() {
#if defined(__AVX512F__) && defined(__AVX512DQ__)
  static constexpr LaneKernel kTable = Kernel<EightLanes>::table("AVX-512");
  return &kTable;
#else
  return nullptr;
#endif
}

}  // namespace catena
