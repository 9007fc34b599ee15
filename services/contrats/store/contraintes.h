#ifndef PDV_SERVICES_CONTRATS_STORE_CONTRAINTES_H_
#define PDV_SERVICES_CONTRATS_STORE_CONTRAINTES_H_

namespace pdv::contrats {

// A named constraint of the migrations, and what its breach means to a caller.
struct Contrainte {
  const char* nom;
  const char* raison;   // a Raison of pdv.contrats.v1
  const char* message;  // French
};

// Every rule that the database holds too, whatever the writer. Ends with a null name.
extern const Contrainte kContraintes[];

// Tells common/pg what they mean. Once, at start.
void DeclarerContraintes();

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_STORE_CONTRAINTES_H_
