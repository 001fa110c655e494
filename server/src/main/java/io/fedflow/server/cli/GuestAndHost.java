package io.fedflow.server.cli;

import picocli.CommandLine.Option;

/** The two parties of a test job, as FATE's program names them. */
final class GuestAndHost {

  @Option(
      names = {"-gid", "--guest-party-id"},
      required = true,
      description = "the guest's party id; the server must act for it")
  private String guest;

  @Option(
      names = {"-hid", "--host-party-id"},
      required = true,
      description = "the host's party id")
  private String host;

  String guest() {
    return guest;
  }

  String host() {
    return host;
  }
}
