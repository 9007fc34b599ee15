-- Indicators, targets and measures.
CREATE TABLE indicateur (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  code text NOT NULL,
  libelle text NOT NULL,
  definition text,
  unite text NOT NULL,
  nature text NOT NULL,
  polarite text,
  agregation text NOT NULL,
  desagregations text[] NOT NULL,
  version integer NOT NULL,
  source text,
  CONSTRAINT indicateur_pkey PRIMARY KEY (name),
  CONSTRAINT indicateur_nature
    CHECK (nature IN ('CONTEXTE', 'REALISATION', 'RESULTAT', 'IMPACT')),
  CONSTRAINT indicateur_polarite CHECK (polarite IN ('CROISSANTE', 'DECROISSANTE', 'NEUTRE')),
  CONSTRAINT indicateur_agregation
    CHECK (agregation IN ('SOMME', 'MOYENNE_PONDEREE', 'DERNIER'))
);

CREATE TABLE cible (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  indicateur text NOT NULL,
  objet text NOT NULL,
  valeur text NOT NULL,
  echeance date NOT NULL,
  ex_ante boolean NOT NULL,
  CONSTRAINT cible_pkey PRIMARY KEY (name),
  CONSTRAINT cible_indicateur_fkey FOREIGN KEY (indicateur) REFERENCES indicateur (name)
);
CREATE INDEX cible_objet ON cible (objet);

CREATE TABLE mesure (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  indicateur text NOT NULL,
  objet text NOT NULL,
  debut date NOT NULL,
  fin date NOT NULL,
  statut text NOT NULL,
  valeur text,
  desagregation text,
  ponderation text,
  source text,
  date_source date,
  CONSTRAINT mesure_pkey PRIMARY KEY (name),
  CONSTRAINT mesure_indicateur_fkey FOREIGN KEY (indicateur) REFERENCES indicateur (name),
  CONSTRAINT mesure_statut CHECK (statut IN ('CONNUE', 'INCONNUE', 'NON_APPLICABLE')),
  -- Unknown, not applicable and zero are three things.
  CONSTRAINT mesure_valeur CHECK ((statut = 'CONNUE') = (valeur IS NOT NULL)),
  CONSTRAINT mesure_periode CHECK (debut < fin)
);
CREATE INDEX mesure_objet ON mesure (objet, indicateur, debut);

-- What this service knows of what it measures, fed by the feeds of contrats and actions.
CREATE TABLE miroir_contrat (name text PRIMARY KEY, revision bigint NOT NULL);
CREATE TABLE miroir_qpv (name text PRIMARY KEY, revision bigint NOT NULL);
CREATE TABLE miroir_action (
  name text PRIMARY KEY, revision bigint NOT NULL, delete_time timestamptz
);
