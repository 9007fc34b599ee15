-- A line of which nothing is asked any more, before any proposal: nobody waits for it (domain/saisie.cc).
ALTER TABLE ligne DROP CONSTRAINT ligne_etat, ADD CONSTRAINT ligne_etat CHECK (etat IN
  ('DEMANDEE', 'PRISE_EN_CHARGE', 'RECEVABLE', 'PROPOSEE', 'VOTEE', 'NOTIFIEE', 'ENGAGEE',
   'VERSEE', 'JUSTIFIEE', 'SOLDEE', 'IRRECEVABLE', 'REFUSEE', 'A_REVERSER', 'REVERSEE',
   'SANS_REPONSE', 'RETIREE'));
