"""The infrastructure of a ticket shop."""

from aws_cdk import App, Environment

from ticket_shop_stack import TicketShopStack

app = App()
TicketShopStack(
    app,
    "TicketShop",
    env=Environment(account="111122223333", region="eu-central-1"),
)
app.synth()
