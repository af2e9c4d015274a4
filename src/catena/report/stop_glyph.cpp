#include "catena/report/stop_glyph.h"

#include <array>

#include "catena/report/palette.h"
#include "catena/report/svg.h"

namespace catena {
namespace {

const SvgPoint kStart(4.0, 25.0);
const SvgPoint kBend(20.0, 12.0);
const SvgPoint kStraightEnd(34.0, 1.5);
const SvgPoint kFlatEnd(36.0, 11.0);

}  // namespace

std::string draw_stop_glyph(StopVerdict verdict) {
  Svg svg(40.0, 28.0, "");
  const Pen solid{.stroke = kHipColor, .width = 2.8};
  const Pen dashed{.stroke = kHipColor, .width = 2.2, .dash = "4 3"};
  switch (verdict) {
    case StopVerdict::kReached:
      svg.polyline(std::array{kStart, kBend, kFlatEnd}, solid);
      svg.circle(kBend, 3.6, {.fill = kHipColor});
      break;
    case StopVerdict::kNotReached:
      svg.line(kStart, kStraightEnd, solid);
      break;
    case StopVerdict::kUndecided:
      svg.line(kStart, kBend, solid);
      svg.line(kBend, kStraightEnd, dashed);
      svg.line(kBend, kFlatEnd, dashed);
      break;
    case StopVerdict::kCannotBeTested:
      for (const SvgPoint& at : {kStart, SvgPoint(17.0, 14.0)}) {
        svg.circle(at, 3.0, {.fill = kMuted});
      }
      svg.text({32.0, 18.0}, "?",
               {.size = 15.0, .fill = kMuted, .anchor = Anchor::kMiddle, .bold = true});
      break;
  }
  return std::move(svg).finish();
}

}  // namespace catena
