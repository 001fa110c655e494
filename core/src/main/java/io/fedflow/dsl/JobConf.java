package io.fedflow.dsl;

import io.fedflow.party.Parties;
import io.fedflow.party.Party;

/**
 * A runtime conf of either version in one form.
 *
 * @param initiator null if it is not readable, which is a problem already noted
 * @param parties the readable parties
 * @param partiesComplete whether nothing about the parties was unreadable, so that rules over all
 *     of them make sense
 * @param settings the job parameters after defaults
 * @param parameters who gets which component parameters
 * @param tables the tables of {@code args.<key>} references
 */
record JobConf(
    Party initiator,
    Parties parties,
    boolean partiesComplete,
    JobSettings settings,
    ParameterLayers parameters,
    StoredTables tables) {}
