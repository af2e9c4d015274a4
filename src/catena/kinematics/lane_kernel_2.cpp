#include "catena/kinematics/lane_kernel.h"
#include "catena/kinematics/lane_kernel_body.h"

namespace catena {

const LaneKernel* lane_kernel_2() {
  static constexpr LaneKernel kTable = Kernel<TwoLanes>::table("128 bits");
  return &kTable;
}

}  // namespace catena
