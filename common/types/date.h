#ifndef PDV_COMMON_TYPES_DATE_H_
#define PDV_COMMON_TYPES_DATE_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"

namespace pdv::types {

// A civil date; the proleptic Gregorian calendar, as everywhere in administration.
using Date = absl::CivilDay;

// Reads AAAA-MM-JJ, AAAA/MM/JJ or JJ/MM/AAAA. INVALID_ARGUMENT for anything else, and for a day
// that does not exist (2023-02-29).
absl::StatusOr<Date> LireDate(std::string_view text);
// AAAA-MM-JJ, for machines.
std::string FormaterDate(Date date);
// "1er mars 2024", for people.
std::string EcrireDate(Date date);
// True when the three numbers are a day of the calendar.
bool DateValide(int year, int month, int day);

// A half-open period [debut, fin): a fact is true on its first day and no longer on its last.
// Without an end, it goes on.
struct Periode {
  Date debut;
  std::optional<Date> fin;

  // An empty period (fin <= debut) contains nothing and overlaps nothing.
  bool Contient(Date date) const { return date >= debut && (!fin || date < *fin); }
  bool Chevauche(const Periode& other) const {
    const Date from = debut < other.debut ? other.debut : debut;
    return (!fin || from < *fin) && (!other.fin || from < *other.fin);
  }
};

// Reads "debut/fin" (SCDL) or "debut_fin" (décret 2017-779), both days included in the text, or one
// day alone. INVALID_ARGUMENT when it is neither, or ends before it begins.
absl::StatusOr<Periode> LirePeriode(std::string_view text);

}  // namespace pdv::types

#endif  // PDV_COMMON_TYPES_DATE_H_
