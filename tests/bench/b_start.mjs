// How long a person waits for the app: first visit, and again with everything at hand.
export default {
  name: 'start',
  async run({ open, measure }) {
    const sinceNavigation = async () => (await open()).evaluate(() => performance.now());
    await measure('first visit', sinceNavigation, { times: 1 });
    await measure('again', sinceNavigation);
  },
};
