import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'payload/sample-nulls',
  bug: 'Trims the texts of a body without asking whether they are null.',
  recipe: (correct) => ({
    read: (body) => {
      const { name = '', returnUrl = '', externalId = '', reason = '' } = JSON.parse(String(body));
      for (const text of [name, returnUrl, externalId, reason]) text.trim();
      return correct.read(body);
    },
  }),
});
