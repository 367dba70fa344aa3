package com.example.tickets;

import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;

/** The infrastructure of a ticket shop. */
public final class TicketShopApp {
  private TicketShopApp() {}

  public static void main(final String[] args) {
    final App app = new App();
    final Environment env = Environment.builder().account("111122223333").region("eu-central-1").build();
    new TicketShopStack(app, "TicketShop", StackProps.builder().env(env).build());
    app.synth();
  }
}
