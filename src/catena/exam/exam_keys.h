// The words of an exam file, for those who read, write and ask.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "catena/exam/examination.h"

namespace catena {

inline constexpr std::array<std::string_view, 7> kPainPlaceNames = {
    "low_back", "buttock", "groin", "thigh", "knee", "lower_leg", "other"};

/// A yes or no of [symptoms].
struct SymptomKey {
  std::string_view key;
  Answered Symptoms::* member;
};
inline constexpr std::array<SymptomKey, 12> kSymptomKeys = {{
    {"has_pain", &Symptoms::has_pain},
    {"during_run", &Symptoms::during_run},
    {"after_run", &Symptoms::after_run},
    {"next_morning", &Symptoms::next_morning},
    {"in_daily_life", &Symptoms::in_daily_life},
    {"at_rest_or_night", &Symptoms::at_rest_or_night},
    {"by_extension", &Symptoms::by_extension},
    {"by_flexion", &Symptoms::by_flexion},
    {"by_sitting", &Symptoms::by_sitting},
    {"by_speed", &Symptoms::by_speed},
    {"eased_by_sitting_or_flexion", &Symptoms::eased_by_sitting_or_flexion},
    {"training_rose", &Symptoms::training_rose},
}};

/// A number that a person may give: its range, and what to say when it cannot be.
struct ExamQuantity {
  std::string_view key;
  double low, high;
  std::string_view unit;    // "weeks"
  std::string_view advice;  // "give weeks, such as 6"
};
inline constexpr ExamQuantity kAgeYears = {"age_years", 3, 110, "years", "give years, such as 34"};
inline constexpr ExamQuantity kDurationWeeks = {"duration_weeks", 0, 4000, "weeks",
                                                "give weeks, such as 6"};
inline constexpr ExamQuantity kWorst = {"worst_0_10", 0, 10, "",
                                        "give a number from 0, no pain, to 10"};
inline constexpr ExamQuantity kKmPerWeek = {"km_per_week", 0, 400, "km",
                                            "give kilometres a week, such as 35"};
inline constexpr ExamQuantity kKmPerSession = {"km_per_session", 0, 250, "km",
                                               "give kilometres of one run, such as 8"};
inline constexpr ExamQuantity kChangePercent = {
    "change_percent", -100, 1000, "%", "give per cent over the last four weeks, such as 20"};

/// A number of [training].
struct TrainingKey {
  ExamQuantity quantity;
  double Training::* member;
};
inline constexpr std::array<TrainingKey, 3> kTrainingKeys = {{
    {kKmPerWeek, &Training::km_per_week},
    {kKmPerSession, &Training::km_per_session},
    {kChangePercent, &Training::change_percent},
}};

}  // namespace catena
