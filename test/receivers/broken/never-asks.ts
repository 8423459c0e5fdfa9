import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'recovery/self-heals',
  bug: 'Never asks the API of Inqud for what it has missed.',
  asksApi: true,
  recipe: () => ({}),
});
