import type { ProjectFolder } from '../../ports.js';
import type { Stack } from './shape.js';

/** What composer.json tells. Runners of GitHub have PHP and composer. */
export async function phpStack(folder: ProjectFolder): Promise<Stack | undefined> {
  const text = await folder.read('composer.json');
  if (text === undefined) return undefined;
  const isLaravel = text.includes('"laravel/framework"');
  const root = (await folder.has('public')) ? ' -t public' : '';
  return {
    name: isLaravel ? 'Laravel' : text.includes('"symfony/') ? 'Symfony' : 'PHP',
    manifest: 'composer.json',
    usualPort: 8000,
    start: (port) =>
      isLaravel ? `php artisan serve --port=${port}` : `php -S 127.0.0.1:${port}${root}`,
    setUp: { image: 'composer:2', commands: ['composer install --no-interaction'] },
  };
}

/** What requirements.txt, pyproject.toml or manage.py tell. */
export async function pythonStack(folder: ProjectFolder): Promise<Stack | undefined> {
  const requirements = await folder.read('requirements.txt');
  const project = await folder.read('pyproject.toml');
  if (requirements === undefined && project === undefined) return undefined;
  const text = `${requirements ?? ''}\n${project ?? ''}`.toLowerCase();
  const [name, usualPort, start] = await pythonServer(text, folder);
  return {
    name,
    manifest: requirements === undefined ? 'pyproject.toml' : 'requirements.txt',
    usualPort,
    start,
    setUp: {
      action: { uses: 'actions/setup-python@v6', with: { 'python-version': '3.13' } },
      image: 'python:3.13',
      commands: [requirements === undefined ? 'pip install .' : 'pip install -r requirements.txt'],
    },
  };
}

type PythonServer = readonly [name: string, port: number, start: Stack['start']];

async function pythonServer(text: string, folder: ProjectFolder): Promise<PythonServer> {
  if (/\bdjango\b/.test(text)) {
    return ['Django', 8000, (port) => `python manage.py runserver ${port}`];
  }
  const file = await firstOf(['main.py', 'app.py', 'app/main.py', 'server.py'], folder);
  const module = (file ?? 'main.py').replace(/\.py$/, '').replaceAll('/', '.');
  if (/\bfastapi\b/.test(text)) {
    return ['FastAPI', 8000, (port) => `uvicorn ${module}:app --port ${port}`];
  }
  if (/\bflask\b/.test(text)) {
    return ['Flask', 5000, (port) => `flask --app ${module} run --port ${port}`];
  }
  return ['Python', 8000, file === undefined ? undefined : () => `python ${file}`];
}

async function firstOf(
  files: readonly string[],
  folder: ProjectFolder,
): Promise<string | undefined> {
  for (const file of files) if (await folder.has(file)) return file;
  return undefined;
}

/** What go.mod tells. */
export async function goStack(folder: ProjectFolder): Promise<Stack | undefined> {
  if ((await folder.read('go.mod')) === undefined) return undefined;
  return {
    name: 'Go',
    manifest: 'go.mod',
    usualPort: 8080,
    start: () => 'go run .',
    setUp: {
      action: { uses: 'actions/setup-go@v6', with: { 'go-version-file': 'go.mod' } },
      image: 'golang:1',
      commands: ['go build ./...'],
    },
  };
}

/** What the Gemfile tells. */
export async function rubyStack(folder: ProjectFolder): Promise<Stack | undefined> {
  const text = await folder.read('Gemfile');
  if (text === undefined) return undefined;
  const gem = (name: string) => new RegExp(`^\\s*gem\\s+["']${name}["']`, 'm').test(text);
  const isRails = gem('rails');
  const rackPort = gem('sinatra') ? 4567 : 9292;
  return {
    name: isRails ? 'Rails' : gem('sinatra') ? 'Sinatra' : 'Ruby',
    manifest: 'Gemfile',
    usualPort: isRails ? 3000 : (await folder.has('config.ru')) ? 9292 : rackPort,
    start: await rubyStart(isRails, folder),
    setUp: {
      action: { uses: 'ruby/setup-ruby@v1', with: { 'ruby-version': '3.4' } },
      image: 'ruby:3.4',
      commands: ['bundle install'],
    },
  };
}

async function rubyStart(isRails: boolean, folder: ProjectFolder): Promise<Stack['start']> {
  if (isRails) return (port) => `bin/rails server -p ${port}`;
  if (await folder.has('config.ru')) return (port) => `bundle exec rackup -p ${port}`;
  const file = await firstOf(['app.rb', 'server.rb', 'main.rb'], folder);
  return file === undefined ? undefined : () => `bundle exec ruby ${file}`;
}

/** What pom.xml tells. */
export async function javaStack(folder: ProjectFolder): Promise<Stack | undefined> {
  const text = await folder.read('pom.xml');
  if (text === undefined) return undefined;
  const isSpring = text.includes('spring-boot');
  const isQuarkus = text.includes('quarkus');
  const mvn = (await folder.has('mvnw')) ? './mvnw' : 'mvn';
  return {
    name: isSpring ? 'Spring Boot' : isQuarkus ? 'Quarkus' : 'Java',
    manifest: 'pom.xml',
    usualPort: 8080,
    start: isSpring
      ? () => `${mvn} spring-boot:run`
      : isQuarkus
        ? () => `${mvn} quarkus:dev`
        : undefined,
    setUp: {
      action: {
        uses: 'actions/setup-java@v5',
        with: { distribution: 'temurin', 'java-version': '21' },
      },
      image: 'maven:3-eclipse-temurin-21',
      commands: [`${mvn} --batch-mode --quiet package -DskipTests`],
    },
  };
}
