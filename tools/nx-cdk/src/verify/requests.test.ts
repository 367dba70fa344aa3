import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deployedApp, deployedStack, findingOf, type ResourceSketch } from '../testing/deployed';
import { parseAppChecks } from './app-checks';
import { askServer, type HttpQuestion } from './http';
import { requestCheck } from './requests';

const arn = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/5';
const listener = (Protocol: string, Port: number): ResourceSketch => ({
  Type: 'AWS::ElasticLoadBalancingV2::Listener',
  Properties: { Protocol, Port, LoadBalancerArn: { Ref: 'Balancer' } },
});
const balancer: ResourceSketch = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', id: arn };
const secured = deployedApp(
  deployedStack('alb', { Balancer: balancer, Http: listener('HTTP', 80), Https: listener('HTTPS', 443) }),
);
const plain = deployedApp(deployedStack('alb', { Balancer: balancer, Http: listener('HTTP', 80) }));
const answers = { DescribeLoadBalancers: () => ({ LoadBalancers: [{ DNSName: 'shop.elb.example' }] }) };

const wanted = (more: object) =>
  parseAppChecks({ requests: [{ name: 'it answers', path: '/health', status: 200, ...more }] }, 'm').requests[0]!;

/** The question that a request leads to, and what is found when the answer is this one. */
async function asking(
  request: object,
  app = secured,
  answer: object = { status: 200 },
  url?: (name: string) => string,
) {
  const questions: HttpQuestion[] = [];
  const ask = (question: HttpQuestion) => {
    questions.push(question);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer as { status: number });
  };
  const finding = await findingOf(requestCheck(wanted(request), ask, url), app, answers);
  return { question: questions[0], finding };
}

describe('a request', () => {
  test('goes to the load balancer’s own name, over HTTPS where it can, for the host that is wanted', async () => {
    const { question, finding } = await asking({ host: 'api.example.com' });
    expect(question).toEqual({
      url: 'https://shop.elb.example:443/health',
      method: 'GET',
      host: 'api.example.com:443',
    });
    expect(finding).toEqual([true, 'GET https://api.example.com/health answers 200']);
  });

  test('goes over HTTP where there is no HTTPS, and where it is asked for', async () => {
    expect((await asking({}, plain)).question!.url).toBe('http://shop.elb.example:80/health');
    expect((await asking({ protocol: 'http' })).question!.url).toBe('http://shop.elb.example:80/health');
    expect((await asking({ protocol: 'https' }, plain)).finding).toEqual([false, 'it has no listener for https']);
  });

  test('goes where an endpoint says that the load balancer is', async () => {
    const { question } = await asking(
      { host: 'api.example.com' },
      secured,
      { status: 200 },
      (name) => `http://x/${name}`,
    );
    expect(question).toMatchObject({ url: 'http://x/shop/health', host: 'api.example.com:443' });
  });

  test('fails with another status, another location, or no answer', async () => {
    expect((await asking({}, plain, { status: 503 })).finding).toEqual([
      false,
      'GET http://shop.elb.example/health answers 503 instead of 200',
    ]);
    const redirect = { status: 200, location: 'https://' };
    expect((await asking(redirect, plain, { status: 200, location: 'http://x/' })).finding[1]).toContain(
      'instead of a location with https://',
    );
    expect((await asking({}, plain, new Error('ECONNREFUSED'))).finding[1]).toContain('is not answered: ECONNREFUSED');
  });

  test('that a container answers is not made where no service is deployed', () => {
    expect(requestCheck(wanted({ reliesOn: 'containers' }), askServer).subjects(plain)).toEqual([]);
  });
});

describe('a server', () => {
  let server: Server;
  const listen = async (handler: RequestListener) => {
    server = createServer(handler);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  test('is asked for the host, and its redirect is told, not followed', async () => {
    const url = await listen(({ headers }, response) =>
      response.writeHead(301, { location: `https://${headers.host}/` }).end(),
    );
    expect(await askServer({ url, method: 'GET', host: 'api.example.com' })).toEqual({
      status: 301,
      location: 'https://api.example.com/',
    });
  });

  test('that hangs up is no answer', async () => {
    const url = await listen(({ socket }) => socket.destroy());
    await expect(askServer({ url, method: 'GET', host: 'x' })).rejects.toThrow();
  });
});

test('every problem of an app’s checks is told with its place', () => {
  const invalid = { requests: [{ name: '', path: 'x', status: 7 }], tasks: [{ name: 'a', command: [] }], more: 1 };
  expect(() => parseAppChecks(invalid, './checks')).toThrow(
    /The checks of \.\/checks are invalid:[^]*requests\.0\.name[^]*requests\.0\.path[^]*requests\.0\.status[^]*tasks\.0\.family[^]*tasks\.0\.command/,
  );
});
