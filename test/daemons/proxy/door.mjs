// Runs inside a sandbox, whose loopback nobody outside can reach, and lets the tests in: who connects to its Unix
// socket and sends a line `HOST PORT` is joined to that address.

import { connect, createServer } from 'node:net';

const allowHalfOpen = true;

createServer({ allowHalfOpen }, (outside) => {
  let head = Buffer.alloc(0);
  const read = (chunk) => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf(10);
    if (end < 0) return;
    outside.pause();
    outside.off('data', read);
    const [host, port] = head.toString('latin1', 0, end).split(' ');
    const inside = connect({ host, port: Number(port), allowHalfOpen });
    const both = () => {
      outside.destroy();
      inside.destroy();
    };
    inside.on('error', both);
    outside.off('error', leave);
    outside.on('error', both);
    outside.on('close', () => inside.destroy());
    inside.on('close', () => outside.destroySoon());
    inside.write(head.subarray(end + 1));
    outside.pipe(inside);
    inside.pipe(outside);
  };
  const leave = () => outside.destroy();
  outside.on('data', read);
  outside.on('error', leave);
}).listen(process.argv[2]);
