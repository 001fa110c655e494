package io.fedflow.server;

/** Tests of commands of FATE's flow program, against one site. */
interface OriginalCommands {

  /** Where they run. */
  OriginalSite site();
}
