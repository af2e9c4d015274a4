// "Did you mean ...?"
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace catena {

/// The known word that a mistyped one was most likely meant to be; empty when none is near.
///
/// Near are: a word that begins with the other (three letters or more: "mass" for "mass_kg"), or
/// one letter more, less, other, or two neighbours exchanged for every three letters, at most three
/// times. Upper and lower case are alike. Of equally near words the first is taken.
///
/// source     distance: Damerau 1964, Commun ACM 7:171, each place changed once
std::string nearest_word(std::string_view word, std::span<const std::string_view> known);

}  // namespace catena
