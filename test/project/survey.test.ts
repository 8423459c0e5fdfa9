import { describe, expect, test } from 'vitest';
import type { ListeningPort } from '../../src/ports.js';
import { choosePort } from '../../src/project/choose-port.js';
import { nextCommand } from '../../src/project/next-command.js';
import { routeIn } from '../../src/project/route.js';
import { surveyOf } from '../../src/project/survey.js';
import { memoryFolder } from './memory-folder.js';

const listening = (...ports: readonly number[]): readonly ListeningPort[] =>
  ports.map((port) => ({ port, on: ['127.0.0.1'] }));

async function survey(files: Readonly<Record<string, string>>, ...ports: readonly number[]) {
  return surveyOf(memoryFolder(files), listening(...ports));
}

describe('the stack', () => {
  const node = (manifest: object) => ({ 'package.json': JSON.stringify(manifest) });
  const express = { dependencies: { express: '5' }, scripts: { start: 'node .' } };

  test.each([
    [node(express), 'Express', 3000, 'npm start'],
    [{ ...node(express), 'pnpm-lock.yaml': '' }, 'Express', 3000, 'pnpm start'],
    [
      node({ dependencies: { fastify: '5' }, scripts: { dev: 'x -p 4100' } }),
      'Fastify',
      3000,
      'npm run dev',
    ],
    [{ ...node({}), 'server.mjs': '' }, 'Node.js', 3000, 'node server.mjs'],
    [node({ dependencies: { next: '16' } }), 'Next.js', 3000, undefined],
    [{ 'package.json': '{ broken' }, 'Node.js', 3000, undefined],
    [{ 'package.json': '[1]' }, 'Node.js', 3000, undefined],
    [
      {
        ...node({ devDependencies: { vite: '7' } }),
        'composer.json': '{"require":{"laravel/framework":"*"}}',
      },
      'Laravel',
      8000,
      'php artisan serve --port=8000',
    ],
    [
      { 'composer.json': '{}', 'public/index.php': '' },
      'PHP',
      8000,
      'php -S 127.0.0.1:8000 -t public',
    ],
    [{ 'requirements.txt': 'Django==5' }, 'Django', 8000, 'python manage.py runserver 8000'],
    [
      { 'pyproject.toml': 'dependencies = ["fastapi[standard]"]', 'app/main.py': '' },
      'FastAPI',
      8000,
      'uvicorn app.main:app --port 8000',
    ],
    [
      { 'requirements.txt': 'flask', 'app.py': '' },
      'Flask',
      5000,
      'flask --app app run --port 5000',
    ],
    [{ 'go.mod': 'module x' }, 'Go', 8080, 'go run .'],
    [{ Gemfile: "gem 'rails'" }, 'Rails', 3000, 'bin/rails server -p 3000'],
    [{ Gemfile: "gem 'sinatra'", 'app.rb': '' }, 'Sinatra', 4567, 'bundle exec ruby app.rb'],
    [
      { 'pom.xml': '<artifactId>spring-boot-starter-web', mvnw: '' },
      'Spring Boot',
      8080,
      './mvnw spring-boot:run',
    ],
  ] as const)('of %j is %s', async (files, name, port, start) => {
    const { stack } = await survey(files);
    expect(stack?.name).toBe(name);
    expect(stack?.usualPort).toBe(port);
    expect(stack?.start?.(port)).toBe(start);
  });

  test('may state its port in a script', async () => {
    const { port } = await survey(node({ scripts: { dev: 'next dev -p 4100' } }), 3000);
    expect(port.port).toBe(4100);
  });

  test('of a folder with no manifest is not known', async () => {
    expect((await survey({ 'notes.txt': '' })).stack).toBeUndefined();
  });
});

describe('the port', () => {
  test.each([
    ['the usual one where it listens', [5000, 3000, 8000], 8000, 8000, true],
    ['a likely one where the usual does not', [4000, 9999], 8000, 4000, true],
    ['the usual one where only unlikely ones listen', [7123, 7124], 8000, 8000, false],
    [
      'no database, no debugger, no port that the system gave out',
      [5432, 9229, 45_123, 22],
      3000,
      3000,
      false,
    ],
  ] as const)('is %s', (_, ports, usual, port, listens) => {
    expect(choosePort(listening(...ports), { usual })).toMatchObject({ port, listens });
  });

  test.each([
    ['a.js', 'app.listen(process.env.PORT ?? 4100)'],
    ['a.ts', "const port: number = Number(process.env['PORT'] ?? 4100);"],
    ['main.go', 'http.ListenAndServe(":4100", mux)'],
    ['app.py', 'app.run(host="127.0.0.1", port=4100)'],
    ['a.js', 'serve({ fetch: app.fetch, port: 4100 })\ndb({ port: 5432 })'],
  ])('is the one that a source states, in %s: %s', async (path, text) => {
    const { port } = await survey({ [path]: text }, 3000, 5432);
    expect(port).toEqual({ port: 4100, listens: false, others: [3000] });
  });

  test('of a database or of a test is not stated', async () => {
    const files = { 'db.js': 'connect({ port: 5432 })', 'test/a.test.js': 'app.listen(4100)' };
    expect((await survey(files)).port.port).toBe(3000);
  });

  test('is told together with the others that could be meant', () => {
    expect(choosePort(listening(8000, 3000, 7123, 5432), { usual: 3000 }).others).toEqual([
      7123, 8000,
    ]);
  });
});

describe('the path', () => {
  test.each([
    ['src/server.js', "app.post('/webhooks/inqud', handle)", '/webhooks/inqud'],
    ['main.go', 'mux.HandleFunc("POST /hooks/inqud", handle)', '/hooks/inqud'],
    ['routes/web.php', "Route::post('webhooks/inqud', X::class)", '/webhooks/inqud'],
    ['routes/api.php', "Route::post('/webhooks/inqud', X::class)", '/api/webhooks/inqud'],
    ['shop/urls.py', 'path("webhooks/inqud/", views.hook)', '/webhooks/inqud/'],
    ['config/routes.rb', "post 'webhooks/inqud', to: 'hooks#inqud'", '/webhooks/inqud'],
    ['A.java', '@PostMapping("/webhook")', '/webhook'],
    ['src/hooks.controller.ts', "@Post('webhooks/inqud')", '/webhooks/inqud'],
    ['app/(shop)/api/inqud/route.ts', 'export function POST() {}', '/api/inqud'],
    ['src/pages/api/webhooks/index.ts', 'export default handler', '/api/webhooks'],
  ])('in %s is read', (path, text, route) => {
    expect(routeIn([{ path, text }])).toEqual({ path: route, file: path });
  });

  test.each([
    ['a.ts', "import { x } from '/webhooks/inqud';"],
    ['a.ts', "import x from './webhooks/inqud.js';"],
    ['a.js', "const file = '/srv/webhooks.json';"],
    ['a.js', "get('https://docs.inqud.com/developer/web-hooks')"],
    ['test/a.test.js', "request.post('/webhooks/inqud')"],
    ['a.js', "// app.post('/webhooks/inqud')"],
  ])('is not made of what is no route, in %s: %s', (path, text) => {
    expect(routeIn([{ path, text }])).toBeUndefined();
  });

  test('that names Inqud comes before one of somebody else', () => {
    const sources = [
      { path: 'a.js', text: "app.post('/webhooks/stripe', a)" },
      { path: 'b.js', text: "app.post('/inqud', b)" },
    ];
    expect(routeIn(sources)?.path).toBe('/inqud');
  });
});

describe('the secret', () => {
  test.each([
    ['of .env', { '.env': 'A=1\nexport INQUD_WEBHOOK_SECRET="x"\n' }, 'INQUD_WEBHOOK_SECRET', true],
    ['of an example', { '.env.example': 'INQUD_SECRET=\n' }, 'INQUD_SECRET', false],
    ['of a source', { 'a.js': 'process.env.INQUD_HOOK_SECRET' }, 'INQUD_HOOK_SECRET', false],
    [
      'rather than the one of the API or of others',
      { '.env': 'STRIPE_WEBHOOK_SECRET=1\nINQUD_API_TOKEN_SECRET=2\nWEBHOOK_SECRET=3\n' },
      'WEBHOOK_SECRET',
      true,
    ],
  ] as const)('%s is known by name', async (_, files, name, isSet) => {
    expect((await survey(files)).secret).toMatchObject({ name, isSet });
  });

  test('of somebody else is none', async () => {
    const files = { '.env': 'STRIPE_WEBHOOK_SECRET=1\nINQUD_API_KEY=2\n# INQUD_SECRET=3\n' };
    expect((await survey(files)).secret).toBeUndefined();
  });
});

describe('the next command', () => {
  test.each([
    ['takes the variable that is set', {}, true, 'inqud-hook check'],
    ['sets the usual one', {}, false, 'INQUD_HOOK_SECRET=… inqud-hook check'],
    [
      'has Node read the file that sets it',
      { '.env': 'INQUD_SECRET=x' },
      false,
      'node --env-file=.env "$(command -v inqud-hook)" check',
    ],
    [
      'takes the program of the project',
      { '.env': 'INQUD_SECRET=x', 'package.json': '{"devDependencies":{"inqud-hook":"*"}}' },
      false,
      'node --env-file=.env node_modules/.bin/inqud-hook check',
    ],
  ])('%s', async (_, files, isSet, command) => {
    expect(nextCommand(await survey(files), isSet)).toBe(command);
  });
});

describe('the port of a file of variables', () => {
  const server = { 'server.js': 'app.listen(process.env.PORT || 5050);' };

  test.each([
    [{ ...server, '.env': 'PORT=5051\n' }, 5051],
    [{ ...server, '.env': 'A=1\nexport PORT="5052" # here\n' }, 5052],
    [{ ...server, '.env.example': 'PORT=5053\n' }, 5053],
    [{ ...server, '.env': 'PORT=\n' }, 5050],
    [{ ...server, '.env': 'DATABASE_PORT=5432\n' }, 5050],
    [{ 'server.js': 'app.listen(5050);', '.env': 'PORT=5051\n' }, 5050],
  ])('%j', async (files, port) => {
    expect((await survey(files)).port.port).toBe(port);
  });
});

test('a file that Node is started with is made where a job starts it', async () => {
  const scripts = { start: 'node --env-file=.env --env-file config/b.env server.js' };
  const { stack } = await survey({ 'package.json': JSON.stringify({ scripts }) });
  expect(stack?.setUp.commands).toEqual(['npm install', 'touch .env', 'touch config/b.env']);
});

test.each([
  ["app.get('/api/orders/:id', show);", '/api/orders/{clientOrderId}'],
  ['@app.get("/payments/{payment_id}")', '/payments/{id}'],
  ['r.GET("/invoices/<id>", show)', '/invoices/{id}'],
  ["app.get('/orders', list);", '/orders/{clientOrderId}'],
])('where an order is shown: %s', async (source, path) => {
  expect((await survey({ 'server.js': source })).statePath).toBe(path);
});

test.each([
  ['stages: [build, deploy]', 'build'],
  ['stages:\n  - "lint" # first\n  - deploy\n', 'lint'],
  ['stages: [build, test]', undefined],
  ['job:\n  script: echo\n', undefined],
])('the stage of a pipeline: %j', async (pipeline, stage) => {
  expect((await survey({ '.gitlab-ci.yml': pipeline })).gitLabStage).toBe(stage);
});
