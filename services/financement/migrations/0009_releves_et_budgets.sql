-- What each entry brings to the accounts that the statement of an envelope lists: the two that entries move,
-- and what the lines and the children hold of it. Their sums are the amounts of the envelope.
CREATE VIEW mouvement_enveloppe_compte AS
  SELECT m.xid, m.seq, m.instant, m.name, m.name || '/comptes/' || c.poste AS compte,
         c.montant AS montant_centimes
    FROM mouvement_enveloppe m,
         LATERAL (VALUES ('disponible', m.disponible), ('reserve', m.reserve),
                         ('consomme', m.consomme), ('gele', m.gele),
                         ('delegue', m.delegue)) c (poste, montant)
   WHERE c.montant <> 0;

-- The outside of a funder, the other half of the double entry. Its name alone: the entries of one funder
-- are then a list of places in the index, and a new one goes at its end.
CREATE INDEX ecriture_exterieur_debit ON ecriture (debit) WHERE debit LIKE 'financeurs/%';
CREATE INDEX ecriture_exterieur_credit ON ecriture (credit) WHERE credit LIKE 'financeurs/%';

-- A parent takes back no more than it has delegated. What was written before is left as it is.
ALTER TABLE enveloppe ADD CONSTRAINT enveloppe_delegue CHECK (delegue_centimes >= 0) NOT VALID;

-- Whether a dossier was ever filed: nobody waits for the lines of one that was not.
ALTER TABLE miroir_action ADD COLUMN depot_time timestamptz;
