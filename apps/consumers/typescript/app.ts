import { App } from 'aws-cdk-lib';
import { TicketShopStack } from './ticket-shop-stack';

const app = new App();
new TicketShopStack(app, 'TicketShop', { env: { account: '111122223333', region: 'eu-central-1' } });
