import { paymentsOf } from '../../../lib/inqud.js';

export const dynamic = 'force-dynamic'; // what is stored changes: nothing of it may be cached

export async function GET(_request, { params }) {
  const { order } = await params;
  return Response.json({ order, payments: paymentsOf(order) });
}
