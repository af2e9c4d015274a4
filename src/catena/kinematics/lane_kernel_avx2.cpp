#include "catena/kinematics/lane_kernel.h"
#if defined(__AVX2__) && defined(__FMA__)
#include "catena/kinematics/lane_kernel_body.h"
#endif

namespace catena {

const LaneKernel* lane_kernel_avx2() {
#if defined(__AVX2__) && defined(__FMA__)
  static constexpr LaneKernel kTable = Kernel<FourLanes>::table("AVX2");
  return &kTable;
#else
  return nullptr;
#endif
}

}  // namespace catena
