// A receiver that reads the body and answers 200: the least that node:http does.
import { createServer } from 'node:http';

const [port = ''] = process.argv.slice(2);

createServer((request, response) => {
  request.resume();
  request.on('end', () => response.end());
}).listen(Number(port), '127.0.0.1');
