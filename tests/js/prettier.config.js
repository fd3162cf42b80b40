/** @type {import('prettier').Config} */
export default {
  printWidth: 100,
  singleQuote: true,
  // lit-html's templates and the CSS files are laid out by hand where it reads better.
  embeddedLanguageFormatting: 'off',
};
