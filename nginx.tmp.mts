import { startNginx } from '/tmp/wt/startup/test/programs/nginx.js';
import { writeFileSync } from 'node:fs';
const n = await startNginx('location / { return 200; }');
writeFileSync('/tmp/su/port', String(n.port));
setInterval(()=>{}, 1e6);
process.on('SIGTERM', async () => { await n.stop(); process.exit(0); });
