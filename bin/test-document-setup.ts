import { Window } from 'happy-dom'

// A document for React, before React is loaded, and nothing else of a browser: the server runs in this process too.
const window = new Window({ url: 'http://localhost' })
const { document, navigator, localStorage, Element } = window
Object.assign(globalThis, { window, document, navigator, localStorage, Element, IS_REACT_ACT_ENVIRONMENT: true })
