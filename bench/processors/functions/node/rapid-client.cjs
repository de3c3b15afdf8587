// Stands in for the native part of aws-lambda-ric: says how an invocation ended, over one connection of its own.

const http = require('node:http');

const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

const post = (path, body) => {
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  const path_ = `/2018-06-01/runtime/invocation/${path}`;
  http.request({ agent, hostname, port, path: path_, method: 'POST', headers }, (answer) => answer.resume()).end(body);
};

exports.done = (id, body) => post(`${id}/response`, body);
exports.error = (id, body) => post(`${id}/error`, body);
