-- What a decision must know beyond its line.

-- The furthest step that a verb of the suite took on a line: no import restates the amounts until it. The
-- ledger tells it of the lines that are there: an import writes entries of its own natures.
ALTER TABLE ligne ADD COLUMN etape_decidee text,
  ADD CONSTRAINT ligne_etape_decidee CHECK (
    etape_decidee IN ('PROPOSEE', 'VOTEE', 'ENGAGEE', 'VERSEE'));
UPDATE ligne l
  SET etape_decidee = (ARRAY['PROPOSEE', 'VOTEE', 'ENGAGEE', 'VERSEE'])[e.rang]
  FROM (SELECT ligne, max(CASE nature WHEN 'PROPOSITION' THEN 1 WHEN 'VOTE' THEN 2
                                      WHEN 'ENGAGEMENT' THEN 3 ELSE 4 END) AS rang
        FROM ecriture
        WHERE ligne IS NOT NULL AND nature IN ('PROPOSITION', 'VOTE', 'ENGAGEMENT', 'VERSEMENT')
        GROUP BY ligne) e
  WHERE e.ligne = l.name;

-- What a decision asks of a dossier: where it stands. Thousands are read at once; the rest of a dossier
-- (its title, its quartiers) is heavy and is not needed.
CREATE VIEW miroir_action_etat AS SELECT name, revision, delete_time, etat FROM miroir_action;

-- A funder may take every vote from an envelope. Those who were there already do not: nothing changes
-- for them until they say so.
ALTER TABLE financeur ADD COLUMN impute_ses_votes boolean NOT NULL DEFAULT false;
