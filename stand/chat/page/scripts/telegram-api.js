/** The user's side of the local Telegram. */

async function call(method, path, body) {
  const init = { method };
  if (body instanceof FormData) init.body = body;
  else if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { 'Content-Type': 'application/json' };
  }
  let response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new Error('Нет связи со стендом');
  }
  const text = await response.text();
  let data = null;
  try {
    data = text === '' ? null : JSON.parse(text);
  } catch {
    data = null;
  }
  if (!response.ok) {
    throw new Error(
      data?.error?.message ?? data?.error ?? data?.description ?? `Стенд ответил ошибкой ${response.status}`,
    );
  }
  return data;
}

export const telegram = {
  people: () => call('GET', 'tg/people'),
  bot: () => call('GET', 'tg/bot'),
  commands: (user) => call('GET', `tg/commands?user=${user}`),
  messages: (chatId) => call('GET', `tg/chats/${chatId}/messages`),
  sendText: (chatId, text) => call('POST', `tg/chats/${chatId}/messages`, { text }),
  sendContact: (chatId) => call('POST', `tg/chats/${chatId}/contact`, {}),
  sendFile(chatId, file) {
    const form = new FormData();
    form.append('file', file, file.name);
    return call('POST', `tg/chats/${chatId}/files`, form);
  },
  pressButton: (chatId, messageId, data) => call('POST', `tg/chats/${chatId}/callbacks`, { messageId, data }),
  clear: (chatId) => call('POST', `tg/chats/${chatId}/clear`),
  fileUrl: (fileId) => `tg/files/${encodeURIComponent(fileId)}`,
};

export const panelApi = {
  setFault: (fault) => call('PUT', 'panel/faults', fault),
  clearFault: () => call('DELETE', 'panel/faults'),
  restartBot: () => call('POST', 'panel/bot/restart'),
};
