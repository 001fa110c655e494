package io.fedflow.spi;

/** Where words for the parties of a site arrive: who decides about them, and who obeys. */
public interface PartyEntrance extends PartyLink, PartyGate {}
