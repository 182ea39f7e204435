-- Into lsp/privlint.lua of the configuration of Neovim from 0.11; then vim.lsp.enable("privlint").
-- The program of the project's environment goes before that of the search path.
return {
  cmd = function(dispatchers, config)
    local own = (config and config.root_dir or vim.fn.getcwd()) .. "/.venv/bin/privlint"
    local command = vim.fn.executable(own) == 1 and own or "privlint"
    return vim.lsp.rpc.start({ command, "server" }, dispatchers)
  end,
  filetypes = { "kotlin", "java", "python", "toml", "xml", "groovy" },
  root_markers = { "privlint.toml", ".privlint.toml", "pyproject.toml", ".git" },
}
