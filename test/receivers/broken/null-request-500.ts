import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'payload/full-lifecycles',
  bug: 'Reads the request of a checkout that has none yet.',
  recipe: (correct) => ({
    read: (body) => {
      const { id = '', request } = JSON.parse(String(body));
      if (id.startsWith('CCO-') && request.id === '') return undefined;
      return correct.read(body);
    },
  }),
});
